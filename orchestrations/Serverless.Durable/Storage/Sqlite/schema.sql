-- Times are ticks of UTC, payloads JSON. A history line is written once and never changed.
CREATE TABLE instances(
  key           INTEGER PRIMARY KEY AUTOINCREMENT,
  id            TEXT    NOT NULL UNIQUE,
  workflow      TEXT    NOT NULL,
  status        INTEGER NOT NULL,               -- 0 running, 1 completed, 2 failed, 3 terminated
  input         TEXT    NOT NULL,
  output        TEXT,
  failure       TEXT,
  custom_status TEXT,
  length        INTEGER NOT NULL DEFAULT 0,     -- events in the history; a turn is refused when it was made for another length
  calls         INTEGER NOT NULL DEFAULT 0,     -- calls of the runs before this one (continue-as-new)
  carried       TEXT,                           -- events that the run before did not take
  untaken       INTEGER NOT NULL DEFAULT 0,     -- events that wait in the workflow to be taken
  parked        TEXT,                           -- why a running instance cannot be run: a failure; its next turn clears it
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL);
CREATE INDEX instances_fresh ON instances(key) WHERE status = 0 AND length = 0;
CREATE INDEX instances_status ON instances(status, key);
CREATE INDEX instances_ended ON instances(updated_at) WHERE status <> 0;

CREATE TABLE history(
  instance INTEGER NOT NULL,
  position INTEGER NOT NULL,
  event    TEXT    NOT NULL,
  PRIMARY KEY(instance, position)) WITHOUT ROWID;

-- What arrives from outside and from called workflows, in order, until a turn takes it; by id, because events may come before the start.
CREATE TABLE inbox(
  line        INTEGER PRIMARY KEY AUTOINCREMENT,
  instance_id TEXT    NOT NULL,
  event       TEXT    NOT NULL,
  at          INTEGER NOT NULL);
CREATE INDEX inbox_instance ON inbox(instance_id, line);

-- Calls whose outcome is not in the history yet.
CREATE TABLE activities(
  instance INTEGER NOT NULL,
  call     INTEGER NOT NULL,
  attempt  INTEGER NOT NULL,
  name     TEXT    NOT NULL,
  input    TEXT    NOT NULL,
  due      INTEGER NOT NULL,
  starts   INTEGER NOT NULL DEFAULT 0,          -- starts of this attempt that may have ended with their process; 0: none has
  PRIMARY KEY(instance, call)) WITHOUT ROWID;
CREATE INDEX activities_due ON activities(due);

CREATE TABLE timers(
  instance INTEGER NOT NULL,
  call     INTEGER NOT NULL,
  due      INTEGER NOT NULL,
  PRIMARY KEY(instance, call)) WITHOUT ROWID;
CREATE INDEX timers_due ON timers(due);

-- Which call of which instance waits for the end of which other instance.
CREATE TABLE waiters(
  child   INTEGER NOT NULL,
  parent  INTEGER NOT NULL,
  call    INTEGER NOT NULL,
  started INTEGER NOT NULL,                     -- 1: the parent started it, so it ends when the parent is terminated
  PRIMARY KEY(child, parent, call)) WITHOUT ROWID;
CREATE INDEX waiters_parent ON waiters(parent);

-- One row. The worker whose epoch it is may advance instances; every transaction of a worker checks it.
CREATE TABLE lease(
  one   INTEGER PRIMARY KEY CHECK(one = 1),
  owner TEXT    NOT NULL,
  epoch INTEGER NOT NULL);
INSERT INTO lease VALUES(1, '', 0);
