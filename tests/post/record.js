// node record.js RECORD LOG: whether the message in the receiver's log carries the record that
// `assess -o json` wrote: shortened as docs/post.md says, with the digest of the whole.
'use strict';
const assert = require('assert');
const crypto = require('crypto');
const fs = require('fs');

// Members sorted by name, no white space: names here are ASCII.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((m) => `${JSON.stringify(m)}:${canonical(value[m])}`).join(',')}}`;
}

const [recordFile, logFile] = process.argv.slice(2);
const text = fs.readFileSync(recordFile, 'utf8');
const message = JSON.parse(fs.readFileSync(logFile, 'utf8').trim());
const { content } = message.data.subject;
const shortened = JSON.parse(text, (name, value) =>
  (name === 'evidence' || name === 'operands' ? undefined : value));

assert.deepStrictEqual(content.record, shortened);
assert.strictEqual(content.record_sha256,
  crypto.createHash('sha256').update(canonical(JSON.parse(text))).digest('hex'));
assert.ok(message.bytes < 20000, `${message.bytes} bytes`);
