// A webhook receiver for tests: HTTPS, HTTP and a CONNECT proxy on loopback. Signatures are
// verified by the package standardwebhooks, envelopes by cloudevents, what is in them by
// cdevent.js; nothing of opsgate is used. Each request is one JSON line in DIR/log; DIR/ports
// appears when all listen: "https http proxy". What happens is chosen by the path (see
// `routes`); a query is not looked at.
//
//   WEBHOOK_SECRET=whsec_... node receiver.js DIR     (DIR holds key.pem and cert.pem)
'use strict';
const crypto = require('crypto');
const fs = require('fs');
const http = require('http');
const https = require('https');
const net = require('net');
const path = require('path');
const { Webhook } = require('standardwebhooks');
const { HTTP } = require('cloudevents');
const { checkCdevent } = require('./cdevent');

const dir = process.argv[2];
const secret = process.env.WEBHOOK_SECRET;

function log(line) {
  fs.appendFileSync(path.join(dir, 'log'), JSON.stringify(line) + '\n');
}

function readBody(req, done) {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => done(Buffer.concat(chunks).toString('utf8')));
}

function answer(res, status, text) {
  res.writeHead(status, { 'Content-Type': 'text/plain' });
  res.end(text);
}

// What an honest receiver does: signature first, then the envelope, then what is in it.
function verify(req, res, body) {
  try {
    new Webhook(secret).verify(body, req.headers);
  } catch (e) {
    log({ path: req.url, refused: e.message });
    return answer(res, 401, e.message);
  }
  try {
    const event = HTTP.toEvent({ headers: req.headers, body });
    event.validate();
    if (event.id !== req.headers['webhook-id']) throw new Error('id and webhook-id differ');
    checkCdevent(JSON.parse(body));
    log({ path: req.url, id: event.id, type: event.type, source: event.source,
      subject: event.subject, bytes: Buffer.byteLength(body),
      sha256: crypto.createHash('sha256').update(body).digest('hex'), data: event.data,
      version: req.httpVersion });
    return answer(res, 200, 'ok');
  } catch (e) {
    log({ path: req.url, invalid: e.message });
    return answer(res, 400, e.message);
  }
}

const routes = {
  '/verify': (req, res) => readBody(req, (body) => verify(req, res, body)),
  // One character of the signed text is another one.
  '/tampered': (req, res) => readBody(req, (body) =>
    verify(req, res, body.replace('"specversion":"1.0"', '"specversion":"1.1"'))),
  '/redirect': (req, res) => {
    log({ path: req.url });
    res.writeHead(307, { Location: '/verify' });
    res.end();
  },
  '/slow': (req) => log({ path: req.url }),
  // Answers and reads nothing of the body. It leaves hanging up to the sender: a connection
  // closed over unread bytes takes the answer with it, or not, as it happens.
  '/early': (req) => {
    log({ path: req.url });
    req.pause();
    req.socket.write('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n');
    req.socket.on('error', () => {});
  },
  '/large': (req, res) => readBody(req, () => answer(res, 200, 'x'.repeat(1 << 20))),
  '/endless': (req, res) => readBody(req, () => {
    res.writeHead(200);
    const timer = setInterval(() => res.write('x'.repeat(1000)), 1);
    res.on('close', () => clearInterval(timer));
  }),
  '/dropped': (req) => req.socket.destroy(),
};

function handle(req, res) {
  const place = req.url.split('?')[0];
  const status = /^\/status\/(\d{3})$/.exec(place);
  if (status) return readBody(req, () => answer(res, Number(status[1]), ''));
  const route = routes[place];
  return route ? route(req, res) : answer(res, 404, 'no such path');
}

function onConnect(req, client) {
  log({ path: 'CONNECT' });
  const [host, port] = req.url.split(':');
  const server = net.connect(Number(port), host, () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    server.pipe(client);
    client.pipe(server);
  });
  server.on('error', () => client.destroy());
  client.on('error', () => server.destroy());
}

const tls = {
  key: fs.readFileSync(path.join(dir, 'key.pem')),
  cert: fs.readFileSync(path.join(dir, 'cert.pem')),
};
const proxy = http.createServer();
proxy.on('connect', onConnect);
const servers = [https.createServer(tls, handle), http.createServer(handle), proxy];
let waiting = servers.length;
for (const server of servers) {
  server.on('clientError', (e, socket) => socket.destroy());
  server.listen(0, '127.0.0.1', () => {
    if (--waiting > 0) return;
    const ports = servers.map((s) => s.address().port).join(' ');
    fs.writeFileSync(path.join(dir, 'ports.new'), ports + '\n');
    fs.renameSync(path.join(dir, 'ports.new'), path.join(dir, 'ports'));
  });
}
