using System.Text;
using Serverless.Core.Documents;
using Serverless.Infra.Local.Sqlite;

namespace Serverless.Infra.Local.Documents;

/// <summary>
/// Finds a page of documents. One index leads, in the order of creation, and stops when the page is full: a summary value that few documents have,
/// or the trigrams of the part that is searched for, or the rarest summary value, or the kind. Whatever else is asked is checked row by row.
/// </summary>
internal static class DocumentSearch
{
    /// <summary>How far the documents with one summary value are counted to find the rarest: far enough to tell a few from many.</summary>
    private const int CountLimit = 1_000;

    /// <summary>The page's documents and, when there are more, one beyond.</summary>
    public static List<DocumentRow> Find(SqliteSession session, DocumentQuery query, long before) =>
        Write(session, query, before) is (var sql, var arguments) ? session.All(sql, DocumentRow.Read, [.. arguments]) : [];

    /// <summary>How many documents have these values, up to a bound: the index of the rarest value leads, the others are looked up in theirs.</summary>
    public static int Count(SqliteSession session, string kind, IReadOnlyDictionary<string, string> where, int most)
    {
        var conditions = where.ToList();
        var lead = Rarest(session, kind, conditions)!.Value.Condition;
        conditions.Remove(lead);
        var arguments = new List<object> { kind, lead.Key, lead.Value };
        var sql = new StringBuilder("SELECT count(*) FROM (SELECT 1 FROM summaries s WHERE s.kind = $1 AND s.field = $2 AND s.value = $3");
        foreach (var (field, value) in conditions)
        {
            arguments.Add(field);
            arguments.Add(value);
            sql.Append($" AND EXISTS (SELECT 1 FROM summaries x WHERE x.kind = $1 AND x.seq = s.seq AND x.field = ${arguments.Count - 1} AND x.value = ${arguments.Count})");
        }

        arguments.Add((long)most);
        sql.Append($" LIMIT ${arguments.Count})");
        return (int)session.Number(sql.ToString(), [.. arguments]);
    }

    /// <summary>How SQLite would look for a page, line by line.</summary>
    internal static List<string> Explain(SqliteSession session, DocumentQuery query) =>
        Write(session, query, long.MaxValue) is (var sql, var arguments)
            ? session.All("EXPLAIN QUERY PLAN " + sql, row => row.GetString(3), [.. arguments])
            : [];

    /// <summary>The statement with its arguments; null when nothing can be found.</summary>
    private static (string Sql, List<object> Arguments)? Write(SqliteSession session, DocumentQuery query, long before)
    {
        var part = query.Contains ?? "";
        if (part.Length > DocumentRules.MaxNameLength || part.Contains('\0'))
            return null;
        var conditions = query.Where.ToList();
        var arguments = new List<object> { query.Kind, before, query.Limit + 1L };
        var sql = new StringBuilder($"SELECT {DocumentRow.Columns} FROM ");

        var lead = Rarest(session, query.Kind, conditions);
        if (part.EnumerateRunes().Count() >= NameIndex.MinLength && lead is not { Count: < CountLimit })
        {
            if (!NameIndex.Exists(session, query.Kind))
                return null;
            var table = NameIndex.Table(query.Kind);
            sql.Append(
                $"{table} n CROSS JOIN documents d ON d.seq = n.rowid WHERE {table} MATCH {Next(arguments, NameIndex.Phrase(part))} AND n.rowid < $2 AND d.kind = $1");
            AppendRest("n.rowid");
        }
        else if (lead is { } rarest)
        {
            conditions.Remove(rarest.Condition);
            sql.Append("summaries s CROSS JOIN documents d ON d.seq = s.seq WHERE s.kind = $1 AND s.seq < $2");
            sql.Append($" AND s.field = {Next(arguments, rarest.Condition.Key)} AND s.value = {Next(arguments, rarest.Condition.Value)}");
            AppendRest("s.seq");
        }
        else
        {
            sql.Append("documents n CROSS JOIN documents d ON d.seq = n.seq WHERE n.kind = $1 AND n.seq < $2");
            AppendRest("n.seq");
        }

        return (sql.ToString(), arguments);

        void AppendRest(string order)
        {
            foreach (var (field, value) in conditions)
            {
                sql.Append(" AND EXISTS (SELECT 1 FROM summaries x WHERE x.kind = $1 AND x.seq = d.seq");
                sql.Append($" AND x.field = {Next(arguments, field)} AND x.value = {Next(arguments, value)})");
            }

            if (part.Length > 0)
            {
                var text = order == "n.seq" ? "n" : "d";
                var sought = Next(arguments, part);
                sql.Append($" AND (instr(lower({text}.name), lower({sought})) > 0 OR instr(lower({text}.id), lower({sought})) > 0)");
            }

            sql.Append($" ORDER BY {order} DESC LIMIT $3");
        }
    }

    private static string Next(List<object> arguments, string value)
    {
        arguments.Add(value);
        return $"${arguments.Count}";
    }

    /// <summary>The condition that the fewest documents fulfil, and how many those are, counted up to the limit; null when there is no condition.</summary>
    private static (KeyValuePair<string, string> Condition, long Count)? Rarest(SqliteSession session, string kind, List<KeyValuePair<string, string>> conditions)
    {
        (KeyValuePair<string, string> Condition, long Count)? rarest = null;
        foreach (var condition in conditions)
        {
            var count = session.Number(
                "SELECT count(*) FROM (SELECT 1 FROM summaries WHERE kind = $1 AND field = $2 AND value = $3 LIMIT $4)",
                kind, condition.Key, condition.Value, (long)CountLimit);
            if (rarest is not { } best || count < best.Count)
                rarest = (condition, count);
        }

        return rarest;
    }
}
