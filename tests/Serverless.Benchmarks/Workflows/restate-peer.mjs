// The peer of the workflow benchmark: Restate runs workflows of five sequential durable steps, the same load as ours.
// usage: node restate-peer.mjs SECONDS IN_FLIGHT...   prints one JSON line for each number in flight.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:net';
// The SDK asks for a member that Node.js 20 has not got yet.
Promise.withResolvers ??= () => { let resolve, reject; const promise = new Promise((y, n) => { resolve = y; reject = n; }); return { promise, resolve, reject }; };
const restate = await import('@restatedev/restate-sdk');

const freePort = () => new Promise(done => {
  const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => done(port)); });
});
const [ingress, admin, node, service] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
const base = mkdtempSync(join(tmpdir(), 'restate-peer-'));
const server = spawn('node_modules/@restatedev/restate-server-linux-x64/bin/restate-server', ['--base-dir', base, '--node-name', 'peer'], {
  env: {
    ...process.env, RUST_LOG: 'off', RESTATE_BIND_ADDRESS: `127.0.0.1:${node}`, RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${node}`,
    RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`, RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`, RESTATE_DISABLE_TELEMETRY: 'true',
  },
  stdio: ['ignore', 'ignore', 'inherit'],
});
try {
  const five = restate.service({
    name: 'bench',
    handlers: { five: async context => { let sum = 0; for (let i = 0; i < 5; i++) sum += await context.run(`step-${i}`, async () => i); return sum; } },
  });
  await restate.serve({ services: [five], port: service });
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      const answer = await fetch(`http://127.0.0.1:${admin}/deployments`, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ uri: `http://127.0.0.1:${service}` }),
      });
      if (answer.ok) break;
    } catch { /* not up yet */ }
    if (Date.now() > until) throw new Error('restate-server did not take the service within 60 s');
    await new Promise(next => setTimeout(next, 200));
  }
  const call = async () => {
    const answer = await fetch(`http://127.0.0.1:${ingress}/bench/five`, { method: 'POST' });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    await answer.text();
  };
  const load = async (inFlight, seconds) => {
    const times = [], end = performance.now() + seconds * 1000, start = performance.now();
    await Promise.all(Array.from({ length: inFlight }, async () => {
      while (performance.now() < end) { const begin = performance.now(); await call(); times.push(performance.now() - begin); }
    }));
    times.sort((a, b) => a - b);
    return { inFlight, perSecond: times.length / (performance.now() - start) * 1000, p50: times[Math.floor(times.length / 2)], p99: times[Math.floor(times.length * 0.99)] };
  };
  const [seconds, ...levels] = process.argv.slice(2).map(Number);
  await load(8, 2);
  for (const level of levels) console.log(JSON.stringify(await load(level, seconds)));
} finally {
  server.kill('SIGKILL');
  rmSync(base, { recursive: true, force: true });
}
process.exit(0);
