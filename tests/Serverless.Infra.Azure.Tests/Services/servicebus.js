// A broker with Service Bus's manners on loopback: AMQP 1.0 over TLS, tokens by cbs, peek-lock that expires, delivery counts, dead letters,
// sessions, scheduled messages, duplicate detection, renewal and peeking by the management node. Queues are named by the arguments; nothing outlives the process.
// It ends with its standard input, on which it takes commands: one JSON object a line. Its clock stands still but for the command `pass`: locks, schedules and duplicates go by it.
// How long a taker waits for a session is the network's time, and real.
'use strict';
const fs = require('fs');
const path = require('path');
const crypto = require('crypto');
const readline = require('readline');
const [, , modules, certFile, keyFile, settingsText] = process.argv;
const rhea = require(path.join(modules, 'rhea'));
const settings = JSON.parse(settingsText); // { plain: [], ordered: [], startMs, lockMs, maxDeliveries, duplicatesMs }
const MAX_MESSAGE = 262144;
const faults = { busy: 0, loseSends: 0 };
const timestamp = ms => rhea.types.wrap_timestamp(ms);
const ticks = ms => { const b = Buffer.alloc(8); b.writeBigInt64BE(BigInt(ms) * 10000n + 621355968000000000n); return rhea.types.wrap_long(b); };
const long = n => { const b = Buffer.alloc(8); b.writeBigInt64BE(BigInt(n)); return rhea.types.wrap_long(b); };
const number = v => Buffer.isBuffer(v) ? Number(v.readBigInt64BE()) : Number(v);

let sequence = 0;
let renewals = 0;

let now = settings.startMs;
const timers = new Set();
const after = (ms, act) => { const timer = { due: now + ms, act }; timers.add(timer); return timer; };
const cancel = timer => timers.delete(timer);
// What comes due fires at its time, in order; what that sets fires too when it is within the time that passes.
function pass(ms) {
  const end = now + ms;
  for (;;) {
    const next = [...timers].filter(timer => timer.due <= end).sort((a, b) => a.due - b.due)[0];
    if (!next) break;
    timers.delete(next);
    now = Math.max(now, next.due);
    next.act();
  }
  now = end;
}

class Queue {
  constructor(name, ordered) {
    Object.assign(this, { name, ordered, messages: [], dead: [], seen: new Map(), consumers: new Set(), waiting: [], sessions: new Map() });
  }

  send(message) {
    for (const [id, at] of this.seen) if (now - at > settings.duplicatesMs) this.seen.delete(id);
    if (message.message_id !== undefined && this.seen.has(message.message_id)) return;
    this.seen.set(message.message_id, now);
    const due = message.message_annotations && message.message_annotations['x-opt-scheduled-enqueue-time'];
    if (due && +due > now) after(+due - now, () => this.enqueue(message));
    else this.enqueue(message);
  }

  enqueue(message) {
    this.messages.push({ message, sequence: ++sequence, enqueued: now, deliveries: 0, lock: null, session: message.group_id });
    this.pump();
  }

  // A loan: who has the message, until when, under which token.
  lend(entry, sender) {
    const lock = { sender, token: crypto.randomBytes(16), until: 0, timer: null };
    entry.lock = lock;
    entry.deliveries++;
    this.extend(entry, lock);
    sender.budget--;
    const m = entry.message;
    const delivery = sender.send({
      ...m,
      delivery_count: entry.deliveries - 1,
      message_annotations: {
        ...m.message_annotations,
        'x-opt-sequence-number': long(entry.sequence),
        'x-opt-enqueued-time': timestamp(entry.enqueued),
        'x-opt-locked-until': timestamp(lock.until),
      },
    }, lock.token);
    delivery.entry = entry;
    delivery.lock = lock;
  }

  extend(entry, lock) {
    cancel(lock.timer);
    lock.until = now + settings.lockMs;
    if (!this.ordered) lock.timer = after(settings.lockMs, () => { if (entry.lock === lock) this.free(entry); });
  }

  free(entry) {
    if (entry.lock) cancel(entry.lock.timer);
    entry.lock = null;
    if (entry.deliveries >= settings.maxDeliveries) this.bury(entry, { DeadLetterReason: 'MaxDeliveryCountExceeded' });
    this.pump();
  }

  remove(entry) {
    if (entry.lock) cancel(entry.lock.timer);
    entry.lock = null;
    this.messages.splice(this.messages.indexOf(entry), 1);
    this.pump();
  }

  bury(entry, properties) {
    this.remove(entry);
    entry.message = { ...entry.message, application_properties: { ...entry.message.application_properties, ...properties } };
    entry.enqueued = now;
    this.dead.push(entry);
  }

  pump() {
    if (this.ordered) this.pumpSessions();
    for (const sender of this.consumers) {
      while (sender.budget > 0 && sender.is_open()) {
        const entry = this.ordered
          ? this.messages.find(e => e.session === sender.sessionId)
          : this.messages.find(e => !e.lock);
        if (!entry || entry.lock) break;
        this.lend(entry, sender);
      }
    }
  }

  pumpSessions() {
    for (const waiter of [...this.waiting]) {
      const entry = this.messages.find(e => !this.sessions.has(e.session));
      if (!entry) return;
      this.waiting.splice(this.waiting.indexOf(waiter), 1);
      waiter(entry.session);
    }
  }

  // A session's lock ends by itself, by the close of its link, or is renewed.
  lockSession(id, sender) {
    const held = { sender, timer: null, until: 0 };
    this.sessions.set(id, held);
    this.renewSession(id);
    return held;
  }

  renewSession(id) {
    const held = this.sessions.get(id);
    cancel(held.timer);
    held.until = now + settings.lockMs;
    held.timer = after(settings.lockMs, () => {
      held.sender.close({ condition: 'com.microsoft:session-lock-lost', description: 'The session lock has expired.' });
      this.endSession(id, held.sender, true);
    });
  }

  endSession(id, sender, expired) {
    const held = this.sessions.get(id);
    this.consumers.delete(sender);
    if (!held || held.sender !== sender) return;
    cancel(held.timer);
    this.sessions.delete(id);
    for (const entry of this.messages.filter(e => e.session === id && e.lock)) {
      if (!expired) entry.deliveries--;
      this.free(entry);
    }
    this.pump();
  }
}

const queues = new Map();
for (const name of settings.plain) queues.set(name, new Queue(name, false));
for (const name of settings.ordered) queues.set(name, new Queue(name, true));
const entityOf = address => address.replace(/\/\$management$/, '').replace(/\/\$DeadLetterQueue$/, '');

const container = rhea.create_container({ id: 'broker' });
container.sasl_server_mechanisms.MSSBCBS = () => ({ outcome: undefined, start() { this.outcome = true; } });
container.sasl_server_mechanisms.enable_anonymous();

// A link that is refused is attached without a terminus, then detached with the reason (AMQP 1.0, 2.6.3).
const refuse = (link, condition, description) => {
  link.local.attach[link.is_receiver() ? 'target' : 'source'] = undefined;
  link.close({ condition, description });
};

function mayUse(link, address) {
  if (address === '$cbs') return true;
  const entity = entityOf(address);
  if (!queues.has(entity)) { refuse(link, 'amqp:not-found', `The messaging entity '${entity}' could not be found.`); return false; }
  const tokens = link.connection.tokens || new Set();
  if (![...tokens].some(t => entityOf(t).endsWith(`/${entity}`))) { refuse(link, 'amqp:unauthorized-access', `No token for '${entity}'.`); return false; }
  return true;
}

container.on('sender_open', context => {
  const sender = context.sender;
  const address = sender.source.address;
  sender.set_source({ address });
  sender.set_target({ address: sender.target && sender.target.address });
  if (!mayUse(sender, address) || address === '$cbs' || /\/\$management$/.test(address)) return;
  const queue = queues.get(address);
  if (!queue) return refuse(sender, 'amqp:not-implemented', `Receiving from '${address}' is not modelled.`);
  const filter = sender.source.filter || {};
  const isSession = 'com.microsoft:session-filter' in filter;
  if (isSession !== queue.ordered) return refuse(sender, 'amqp:not-allowed', queue.ordered ? 'The entity requires a session.' : 'The entity has no sessions.');
  if (!queue.ordered) { queue.consumers.add(sender); return; }

  // The attach is answered when there is a session: take back what rhea has queued.
  sender.state.open_requests = 0;
  sender.state.local_open = false;
  const answer = id => {
    clearTimeout(late);
    sender.sessionId = id;
    const held = queue.lockSession(id, sender);
    sender.set_source({ address, filter: { 'com.microsoft:session-filter': id } });
    sender.local.attach.properties = { 'com.microsoft:locked-until-utc': ticks(held.until) };
    sender.open();
    queue.consumers.add(sender);
  };
  answer.connection = context.connection;
  const timeout = Number((sender.properties || {})['com.microsoft:timeout'] || 60000);
  const late = setTimeout(() => {
    queue.waiting.splice(queue.waiting.indexOf(answer), 1);
    sender.open();
    refuse(sender, 'com.microsoft:timeout', 'No session came within the time.');
  }, timeout * 0.8);
  sender.giveUp = () => {
    clearTimeout(late);
    const at = queue.waiting.indexOf(answer);
    if (at >= 0) queue.waiting.splice(at, 1);
  };
  const wanted = filter['com.microsoft:session-filter'];
  if (wanted) answer(wanted);
  else { queue.waiting.push(answer); queue.pump(); }
});

// rhea counts credit down when it writes, which is later than when it is asked to send.
container.on('sender_flow', context => { context.sender.budget = context.sender.credit; const q = queues.get(context.sender.source && context.sender.source.address); if (q) q.pump(); });
container.on('sender_draining', context => { context.sender.budget = 0; context.sender.set_drained(true); });

function left(sender) {
  const queue = queues.get(sender.source && sender.source.address);
  if (sender.giveUp) sender.giveUp();
  if (!queue) return;
  queue.consumers.delete(sender);
  if (queue.ordered && sender.sessionId !== undefined) queue.endSession(sender.sessionId, sender, false);
}
container.on('sender_close', context => left(context.sender));
// Who goes without a word keeps its locks until they end.
container.on('disconnected', context => {
  for (const queue of queues.values()) {
    for (const sender of [...queue.consumers]) if (sender.connection === context.connection) queue.consumers.delete(sender);
    queue.waiting = queue.waiting.filter(waiter => waiter.connection !== context.connection);
  }
});

container.on('receiver_open', context => {
  const receiver = context.receiver;
  const address = receiver.target.address;
  receiver.set_target({ address });
  receiver.set_source({ address: receiver.source && receiver.source.address });
  receiver.local.attach.max_message_size = MAX_MESSAGE;
  mayUse(receiver, address);
});

container.on('message', context => {
  const { receiver, delivery, message } = context;
  const address = receiver.target.address;
  if (address === '$cbs') { delivery.accept(); return putToken(context); }
  if (/\/\$management$/.test(address)) { delivery.accept(); return manage(context, entityOf(address), /\$DeadLetterQueue/.test(address)); }
  const queue = queues.get(address);
  if (faults.busy > 0) { faults.busy--; return delivery.reject({ condition: 'com.microsoft:server-busy', description: 'The server is busy.' }); }
  if (rhea.message.encode(message).length > MAX_MESSAGE) return delivery.reject({ condition: 'amqp:link:message-size-exceeded', description: 'Over 256 KB.' });
  if (queue.ordered && !message.group_id) return delivery.reject({ condition: 'amqp:not-allowed', description: 'The entity requires a session id.' });
  queue.send(message);
  if (faults.loseSends > 0) { faults.loseSends--; return context.connection.socket.destroy(); }
  delivery.accept();
});

function reply(context, properties, body) {
  const to = context.message.reply_to;
  let answerTo = null;
  context.connection.each_sender(s => { if (s.target && s.target.address === to || s.source && s.source.address === to) answerTo = answerTo && answerTo.target.address === to ? answerTo : s; });
  if (answerTo) answerTo.send({ correlation_id: context.message.message_id, application_properties: properties, body: body === undefined ? '' : body });
}

function putToken(context) {
  const properties = context.message.application_properties || {};
  const token = String(context.message.body || '');
  const good = properties.operation === 'put-token' && properties.type === 'jwt' && token.split('.').length === 3;
  if (good) (context.connection.tokens = context.connection.tokens || new Set()).add(String(properties.name).replace(/\/$/, ''));
  reply(context, { 'status-code': rhea.types.wrap_int(good ? 202 : 401), 'status-description': good ? 'Accepted' : 'The token is none.' });
}

function manage(context, entity, dead) {
  const queue = queues.get(entity);
  const body = context.message.body || {};
  const answer = (code, description, result) => reply(context, { statusCode: rhea.types.wrap_int(code), statusDescription: description }, result);
  switch (context.message.application_properties.operation) {
    case 'com.microsoft:renew-lock': {
      const found = [...body['lock-tokens']].map(token => queue.messages.find(e => e.lock && sameToken(e.lock.token, token)));
      if (found.some(e => !e)) return answer(410, 'The lock has expired.');
      found.forEach(e => queue.extend(e, e.lock));
      renewals++;
      return answer(200, 'OK', { expirations: rhea.types.wrap_array(found.map(e => e.lock.until), 0x83) });
    }
    case 'com.microsoft:renew-session-lock': {
      if (!queue.sessions.has(body['session-id'])) return reply(context, { statusCode: rhea.types.wrap_int(410), statusDescription: 'The session lock has expired.', errorCondition: rhea.types.wrap_symbol('com.microsoft:session-lock-lost') });
      queue.renewSession(body['session-id']);
      renewals++;
      return answer(200, 'OK', { expiration: timestamp(queue.sessions.get(body['session-id']).until) });
    }
    case 'com.microsoft:peek-message': {
      const from = number(body['from-sequence-number']);
      const found = (dead ? queue.dead : queue.messages).filter(e => e.sequence >= from).sort((a, b) => a.sequence - b.sequence).slice(0, number(body['message-count']));
      if (found.length === 0) return answer(204, 'No content');
      return answer(200, 'OK', {
        messages: found.map(e => ({
          message: rhea.message.encode({
            ...e.message, message_annotations: { ...e.message.message_annotations, 'x-opt-sequence-number': long(e.sequence), 'x-opt-enqueued-time': timestamp(e.enqueued) },
          }),
        })),
      });
    }
    default:
      return answer(501, `Not modelled: ${context.message.application_properties.operation}`);
  }
}

// The token of a lock is a GUID; on the wire of management its bytes stand in network order, in a delivery tag in that of .NET.
function sameToken(tag, uuid) {
  const u = Buffer.from(uuid);
  const net = Buffer.from([tag[3], tag[2], tag[1], tag[0], tag[5], tag[4], tag[7], tag[6], ...tag.subarray(8)]);
  return net.equals(u);
}

function settle(context, outcome, act) {
  const { entry, lock } = context.delivery;
  if (!entry) return;
  const queue = queues.get(context.sender.source.address);
  const until = queue.ordered ? (queue.sessions.get(entry.session) || { until: 0 }).until : lock.until;
  if (entry.lock !== lock || until < now) {
    return context.delivery.update(true, rhea.message.rejected({ error: { condition: 'com.microsoft:message-lock-lost', description: 'The lock has expired.' } }).described());
  }
  act(queue, entry);
  context.delivery.update(true, outcome.described());
}
container.on('accepted', c => settle(c, rhea.message.accepted(), (queue, entry) => queue.remove(entry)));
container.on('modified', c => settle(c, rhea.message.modified({}), (queue, entry) => queue.free(entry)));
container.on('released', c => settle(c, rhea.message.released(), (queue, entry) => queue.free(entry)));
container.on('rejected', c => settle(c, rhea.message.rejected({}), (queue, entry) => queue.bury(entry, (c.delivery.remote_state.error || {}).info || {})));
for (const event of ['connection_error', 'session_error', 'sender_error', 'receiver_error', 'protocol_error', 'error']) {
  container.on(event, c => process.stderr.write(`${event}: ${c.error || (c.connection && c.connection.error) || c}\n`));
}

const server = container.listen({
  port: 0, host: '127.0.0.1', transport: 'tls', cert: fs.readFileSync(certFile), key: fs.readFileSync(keyFile),
  autosettle: false, treat_modified_as_released: false, autoaccept: false, credit_window: 500,
});
server.on('listening', () => console.log(`listening at ${server.address().port}`));

readline.createInterface({ input: process.stdin }).on('line', line => {
  const command = JSON.parse(line);
  if (command.op === 'fault') Object.assign(faults, command.faults);
  if (command.op === 'drop') Object.values(connections).forEach(c => c.socket.destroy());
  if (command.op === 'pass') pass(command.ms);
  console.log(`did ${command.op} ${renewals}`);
}).on('close', () => process.exit(0));
const connections = {};
let connectionCount = 0;
container.on('connection_open', c => { connections[++connectionCount] = c.connection; });
