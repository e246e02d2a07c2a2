// The cases of bench/cel with npm's @marcbachmann/cel-js; compare.mjs says what is asked.
// Records are plain objects, ints BigInts. Two environments are known to be fast, with the
// variables declared and with variables of any type; each case is evaluated in the faster one.
import {readFileSync} from 'node:fs'
import {createInterface} from 'node:readline'
import {Environment} from '@marcbachmann/cel-js'

const declared = new Environment()
  .registerVariable('passed', 'int')
  .registerVariable('planned', 'int')
  .registerVariable('release', 'map')
  .registerVariable('name', 'string')
  .registerVariable('at', 'google.protobuf.Timestamp')
  .registerVariable('phases', 'list<map>')
  .registerVariable('defects', 'list<map>')
const undeclared = new Environment({unlistedVariablesAreDyn: true})

function context(elements) {
  const half = Array.from({length: elements / 2}, (_, i) => i)
  return {
    passed: 95n,
    planned: 100n,
    release: {project: {owner: {name: 'ada'}}},
    name: 'SIT-2021-0042',
    at: new Date(1633392000000),
    phases: half.map((i) => ({id: `P-${i}`, status: 'complete'})),
    defects: half.map((i) => ({id: `D-${i}`, severity: BigInt(1 + (i % 4)), state: 'closed'})),
  }
}

function timeBlock(run, turns) {
  const start = process.hrtime.bigint()
  for (let i = 0; i < turns; i++) run()
  return Number(process.hrtime.bigint() - start)
}

// Nanoseconds of one run: the least of ten blocks of about a millisecond, short enough that some
// are not interrupted.
function time(run) {
  let turns = 1
  let least = timeBlock(run, turns)
  while (least < 1e6) least = timeBlock(run, (turns *= 2))
  for (let i = 0; i < 10; i++) least = Math.min(least, timeBlock(run, turns))
  return least / turns
}

const cases = readFileSync(process.argv[2], 'utf8').trimEnd().split('\n').map((line) => {
  const [name, source] = line.split('\t')
  const data = context(Number(/^(\d+) elements$/.exec(name)?.[1] ?? 0))
  const [one, other] = [declared.parse(source), undeclared.parse(source)]
  const evaluate = [() => one(data), () => other(data)]
  const best = evaluate.map((run) => Math.min(...Array.from({length: 9}, () => time(run))))
  return {
    value: () => String(evaluate[0]()),
    parse: () => declared.parse(source),
    check: () => {
      if (!declared.check(source).valid) throw new Error(`${source} is not valid`)
    },
    evaluate: evaluate[best[0] <= best[1] ? 0 : 1],
    source: () => declared.evaluate(source, data),
  }
})

for await (const line of createInterface({input: process.stdin})) {
  const [phase, number] = line.split(' ')
  const run = cases[number][phase]
  console.log(phase === 'value' ? run() : time(run))
}
