// frictionless.js PACKAGE RESOURCE VERSION: the package is valid by the profiles of npm
// datapackage, and npm tableschema reads the same schema from the package's resource and from
// the version file.
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const {Package} = require('datapackage');
const {Schema} = require('tableschema');
const yaml = require('yaml');

const [packagePath, name, versionPath] = process.argv.slice(2);

function readJson(file)
{
    return JSON.parse(fs.readFileSync(file, 'utf8'));
}

// What a reader of the schema sees: names, types, formats and constraints with their defaults.
async function view(descriptor)
{
    const schema = await Schema.load(descriptor, {strict: true});
    return {
        fields: schema.fields.map(f => ({...f.descriptor, constraints: f.constraints})),
        missingValues: schema.descriptor.missingValues,
        primaryKey: schema.primaryKey,
        foreignKeys: schema.foreignKeys,
    };
}

async function main()
{
    const loaded = await Package.load(packagePath, {strict: true});
    assert(loaded.valid, `${packagePath}: ${loaded.errors}`);
    const resource = readJson(packagePath).resources.find(r => r.name === name);
    const schema = typeof resource.schema === 'string'
        ? readJson(path.join(path.dirname(packagePath), resource.schema)) : resource.schema;
    const version = yaml.parse(fs.readFileSync(versionPath, 'utf8'), {version: '1.2', schema: 'core'});
    // In v2 a reference to the table itself names no resource; v1 wants an empty name.
    for (const key of version.schema.foreignKeys || [])
        key.reference.resource = key.reference.resource || '';
    const before = await view(schema);
    assert.deepStrictEqual(await view(version.schema), before);
    console.log(`${name}: ${before.fields.length} fields, the same`);
}

main().catch(e => {
    console.log(`FAILED: ${e}`, e.errors || '');
    process.exit(1);
});
