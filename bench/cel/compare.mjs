// compare.mjs CASES ROUNDS COMMAND... -- COMMAND...: measures two implementations side by side.
//
// Each command is started once with CASES as its argument and answers lines on its standard
// input: "PHASE NUMBER" asks for the nanoseconds of one run of that phase of that case (lines of
// CASES, from 0), "value NUMBER" for what it comes to. They are asked in turn, so that what
// disturbs the machine disturbs both; the first two rounds warm up and do not count. Prints
// medians, and how many times faster the first is.
import {spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {createInterface} from 'node:readline'

const phases = ['parse', 'check', 'evaluate', 'source']
const titles = ['parse', 'parse and check', 'evaluate', 'source to value']
const warmUp = 2

function start(command, cases) {
  const child = spawn(command[0], [...command.slice(1), cases], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]()
  return {
    async ask(question) {
      child.stdin.write(question + '\n')
      const answer = await lines.next()
      if (answer.done) throw new Error(`'${command.join(' ')}' ended at '${question}'`)
      return answer.value
    },
    end: () => child.stdin.end(),
  }
}

function median(numbers) {
  numbers.sort((a, b) => a - b)
  return numbers[numbers.length >> 1]
}

function shown(ns) {
  if (ns < 1e4) return `${ns.toFixed(ns < 100 ? 1 : 0)} ns`
  return ns < 1e7 ? `${(ns / 1e3).toFixed(1)} us` : `${(ns / 1e6).toFixed(1)} ms`
}

const [cases, rounds, ...rest] = process.argv.slice(2)
const split = rest.indexOf('--')
const names = readFileSync(cases, 'utf8').trimEnd().split('\n').map((line) => line.split('\t')[0])
const pair = [rest.slice(0, split), rest.slice(split + 1)].map((command) => start(command, cases))

for (let i = 0; i < names.length; i++) {
  const values = [await pair[0].ask(`value ${i}`), await pair[1].ask(`value ${i}`)]
  if (values[0] !== values[1]) throw new Error(`${names[i]}: ${values.join(' is not ')}`)
}
const times = new Map()
for (let round = 0; round < Number(rounds) + warmUp; round++)
  for (let i = 0; i < names.length; i++)
    for (const phase of phases)
      for (const one of pair) {
        const ns = Number(await one.ask(`${phase} ${i}`))
        const key = `${i} ${phase} ${pair.indexOf(one)}`
        if (round >= warmUp) times.set(key, [...(times.get(key) ?? []), ns])
      }
for (const one of pair) one.end()

const columns = [28, 16, 12, 12, 8, 24]
const row = (...cells) =>
  console.log(cells.map((cell, i) => (i < 2 ? cell.padEnd(columns[i]) : cell.padStart(columns[i]))).join(' '))
row('', '', 'opsgate', 'cel-js', 'times', 'an element')
names.forEach((name, i) => {
  const elements = Number(/^(\d+) elements$/.exec(name)?.[1] ?? 0)
  phases.forEach((phase, at) => {
    const [ours, theirs] = [0, 1].map((who) => median(times.get(`${i} ${phase} ${who}`)))
    const each = elements && phase === 'evaluate'
      ? [ours, theirs].map((ns) => shown(ns / elements)).join(' / ') : ''
    row(at ? '' : name, titles[at], shown(ours), shown(theirs), (theirs / ours).toFixed(1), each)
  })
})
