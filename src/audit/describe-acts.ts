import type { ActKind } from './acts/act-kind.ts'
import { ACTS } from './acts.ts'

const INTRODUCTION = `# The acts the log knows

Made from the registry in \`src/audit/acts.ts\`; a test fails when the two differ. To write it anew:
\`WRITE_DOCS=1 npx vitest run src/audit/describe-acts.test.ts\`.

An entry also carries its place (\`seq\`), its time (\`at\`), who acted (\`actor\`), for which agency (\`agency\`) and the id of the
record acted on (\`about\`). No act can carry other facts than those listed here. A fact with \`?\` may be left out.

| kind | meaning |
|---|---|
| code | one word of a closed vocabulary, a version, a number of ours; 1 to 200 characters on one line |
| id | the id of a record, without spaces |
| digest | SHA-256, 64 hex digits |
| text | what a person typed; it may be empty; at most 2,000 characters |
| count, number | a whole number from 0; any finite number |
| flag | true or false |
| time | a UTC date or date and time, ISO 8601 |
| list | codes or ids, at most 500 |
`

/** The page docs/audit-acts.md, from the registry. */
export function describeActs(): string {
  return [INTRODUCTION, ...Object.entries(ACTS).map(([name, kind]) => describeAct(name, kind))].join('\n')
}

function describeAct(name: string, kind: ActKind): string {
  const facts = Object.entries(kind.facts).map(([fact, spec]) => `\`${fact}\` ${spec}`)
  return `## ${name}

> ${kind.sentence}

- about: ${kind.about ?? 'nothing'}
- facts: ${facts.length === 0 ? 'none' : facts.join(', ')}
- privacy: ${kind.privacy}
`
}
