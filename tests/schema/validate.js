// validate.js register SCHEMA DIR: every YAML file below DIR has a schema and is valid by it.
// validate.js kind SCHEMA KIND DIR: files of the kind are valid, and broken copies are not.
// validate.js verdict SCHEMA RECORD: the record is valid, and broken copies are not.
const fs = require('fs');
const path = require('path');
const Ajv = require('ajv/dist/2020');
const yaml = require('yaml');

const [mode, schemaPath, ...rest] = process.argv.slice(2);
const schema = JSON.parse(fs.readFileSync(schemaPath, 'utf8'));
const validate = new Ajv({strict: true, allErrors: true, allowUnionTypes: true,
                          strictRequired: false}).compile(schema);

function fail(text)
{
    console.log(`FAILED: ${text}`);
    process.exit(1);
}

function check(value, what)
{
    if (!validate(value))
        fail(`${what}: ` + validate.errors.slice(0, 8)
            .map(e => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`).join('\n  '));
}

function refuse(value, what)
{
    if (validate(value))
        fail(`${what} is accepted`);
}

function filesBelow(dir)
{
    return fs.readdirSync(dir, {withFileTypes: true})
        .filter(e => e.name !== '.git')
        .flatMap(e => e.isDirectory() ? filesBelow(path.join(dir, e.name)) : [path.join(dir, e.name)])
        .filter(p => p.endsWith('.yaml'));
}

function readRegister(dir)
{
    const files = {};
    for (const p of filesBelow(dir))
        files[path.relative(dir, p)] = yaml.parse(fs.readFileSync(p, 'utf8'), {version: '1.2', schema: 'core'});
    return files;
}

function copy(value)
{
    return JSON.parse(JSON.stringify(value));
}

// The objects in which a mistake must be found: a record, or the records of a list or batch.
function recordsOf(file)
{
    if (Array.isArray(file))
        return file;
    return Array.isArray(file.records) ? file.records : [file];
}

// Where records stand in other files: the same in what says how they are read.
function breakSetup(file, what)
{
    refuse({...file, records: {}}, `${what} with records nowhere`);
    refuse({...file, records: {...file.records, misspelt_key: 1}}, `${what} with a misspelt key of records`);
    for (const key of Object.keys(file.records))
        refuse({...file, records: {...file.records, [key]: [['wrong']]}}, `${what} with a wrong '${key}' of records`);
    return 2 + Object.keys(file.records).length;
}

// A misspelt key, a value of a wrong type in every member: none may pass.
function breakEach(file, what)
{
    if (recordsOf(file).length === 0)
        return 0;
    const extra = copy(file);
    recordsOf(extra)[0].misspelt_key = 1;
    refuse(extra, `${what} with a misspelt key`);
    let broken = 1;
    if (file.records && !Array.isArray(file.records))
        broken += breakSetup(file, what);
    for (const key of Object.keys(recordsOf(file)[0])) {
        const wrong = copy(file);
        const old = recordsOf(wrong)[0][key];
        recordsOf(wrong)[0][key] = Array.isArray(old) ? 'text' : [['wrong']];
        if (validate(wrong) && !ANY.has(key))
            fail(`${what}: a wrong '${key}' is accepted`);
        broken++;
    }
    return broken;
}

// Members of type `any`, in which everything is right.
const ANY = new Set(['schema', 'dialect']);

if (mode === 'register') {
    const files = readRegister(rest[0]);
    const patterns = Object.keys(schema.patternProperties).map(p => new RegExp(p));
    for (const name of Object.keys(files))
        if (!patterns.some(p => p.test(name)))
            fail(`${name} has no schema`);
    check(files, 'register');
    console.log(`${Object.keys(files).length} files valid`);
} else if (mode === 'kind') {
    const kind = rest[0];
    const register = JSON.parse(fs.readFileSync(path.join(path.dirname(schemaPath), 'register.json'), 'utf8'));
    const home = Object.entries(register.patternProperties)
        .filter(([, s]) => (s.$ref || s.items?.$ref) === `#/$defs/${kind}`).map(([p]) => new RegExp(p));
    let valid = 0, broken = 0;
    for (const [name, file] of Object.entries(readRegister(rest[1]))) {
        const batch = name.startsWith('evidence/') && file.kind === kind;
        if (!batch && !home.some(p => p.test(name)))
            continue;
        check(file, name);
        broken += breakEach(file, name);
        valid++;
    }
    refuse({}, `an empty ${kind}`);
    refuse([{}], `a list of an empty ${kind}`);
    console.log(`${kind}: ${valid} files valid, ${broken + 2} broken ones refused`);
} else {
    const record = JSON.parse(fs.readFileSync(rest[0], 'utf8'));
    check(record, 'verdict record');
    for (const key of schema.required) {
        const wrong = copy(record);
        delete wrong[key];
        refuse(wrong, `a record without '${key}'`);
    }
    refuse({...record, more: 1}, 'a record with another member');
    console.log(`${record.verdict}: valid`);
}
