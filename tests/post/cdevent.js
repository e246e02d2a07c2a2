// Whether the data of a CloudEvent is a custom event by CDEvents 0.5.1. The specification's
// own JSON schema is in no package, so what it asks for is written down here and checked by
// ajv; CDEVENTS_SCHEMAS names a checkout of the specification at that version, to ask its
// custom/schema.json as well.
'use strict';
const fs = require('fs');
const path = require('path');
const Ajv = require('ajv/dist/2020').default;
const addFormats = require('ajv-formats').default;

const text = { type: 'string', minLength: 1 };
const object = (required, optional) => ({
  type: 'object',
  properties: { ...required, ...optional },
  required: Object.keys(required),
  additionalProperties: false,
});

// What an event has, and what else it may have; nothing beyond.
const rules = object({
  context: object({
    specversion: { const: '0.5.1' },
    id: text,
    source: { ...text, format: 'uri-reference' },
    // dev.cdeventsx.TOOL-SUBJECT.PREDICATE.VERSION: the hyphen tells whose subject it is.
    type: { type: 'string',
      pattern: '^dev\\.cdeventsx\\.[a-zA-Z0-9]+-[a-zA-Z]+\\.[a-zA-Z]+\\.\\d\\.\\d\\.\\d$' },
    timestamp: { type: 'string', format: 'date-time' },
  }, { schemaUri: { ...text, format: 'uri' }, chainId: text, links: { type: 'array' } }),
  subject: object({ id: text, content: { type: 'object' } },
    { source: { ...text, format: 'uri-reference' } }),
}, { customData: { type: ['object', 'string'] }, customDataContentType: { type: 'string' } });

function readJson(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

function validators() {
  const ajv = addFormats(new Ajv({ strict: false }));
  const all = [ajv.compile(rules)];
  const published = process.env.CDEVENTS_SCHEMAS;
  if (published) {
    const links = path.join(published, 'schemas', 'links');
    for (const name of fs.readdirSync(links)) ajv.addSchema(readJson(path.join(links, name)));
    all.push(ajv.compile(readJson(path.join(published, 'custom', 'schema.json'))));
  }
  return all;
}

const all = validators();

// Throws what is wrong with an event as parsed from its JSON text.
function checkCdevent(event) {
  for (const validate of all)
    if (!validate(event.data)) throw new Error(JSON.stringify(validate.errors));
  // The CloudEvents binding: the envelope says the same.
  const { context, subject } = event.data;
  const pairs = [[event.id, context.id], [event.source, context.source],
    [event.type, context.type], [event.time, context.timestamp], [event.subject, subject.id]];
  for (const [outside, inside] of pairs)
    if (outside !== inside) throw new Error(`'${outside}' outside, '${inside}' inside`);
}

module.exports = { checkCdevent };
