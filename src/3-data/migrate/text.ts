// The text of a migration's file: one line for each step, as one would write it by hand.
import type { ReferenceDescription } from '../../1-contracts/index.ts'
import { applyStep } from './apply.ts'
import { isAtField } from './diff.ts'
import { fieldText, functionsIn } from './field-text.ts'
import { needsOwnValues } from './fill.ts'
import { call, literal, quoted } from './literal.ts'
import { lossOf } from './loss.ts'
import { type ColumnList, isSameList, type Pairs, pairsOf, type Shape, type TableShape } from './shape.ts'
import type { Step, StepOf } from './step.ts'

/** Both ways, and the shapes that they start from. */
export interface Ways {
  readonly up: readonly Step[]
  readonly before: Shape
  readonly down: readonly Step[]
  readonly after: Shape
}

/** The text of the file. */
export function migrationText({ up, before, down, after }: Ways): string {
  const ways = [wayText('up', up, before), wayText('down', down, after)]
  // What stands in quotes or comments calls nothing.
  const code = ways.join('\n').replaceAll(/\/\/.*|'(?:[^'\\]|\\.)*'/g, '')
  const fields = functionsIn(code)
  const names = [...(/\banything\b/.test(code) ? ['anything'] : []), 'migration']
  return [
    ...(fields.length === 0 ? [] : [importText(fields, 'layer9/contracts')]),
    `${importText(names, 'layer9/data')}\n`,
    'export default migration({',
    ...ways,
    '})\n',
  ].join('\n')
}

const importText = (names: readonly string[], from: string): string => `import { ${names.join(', ')} } from '${from}'`

function wayText(way: 'up' | 'down', steps: readonly Step[], start: Shape): string {
  let shape = start
  const lines = steps.map((step) => {
    const text = [...commentsOf(step, way, shape).map((line) => `    // ${line}`), stepText(step, shape)].join('\n')
    shape = applyStep(step, shape, 'the file')
    return text
  })
  return [`  ${way}: (change) => {`, ...lines, '  },'].join('\n')
}

/** What is to be known before a step is run: what it loses, and what it asks of the rows that are there. */
function commentsOf(step: Step, way: 'up' | 'down', before: Shape): string[] {
  const lost = lossOf(step, before)
  const loss = way === 'up' ? `Loses data, and down cannot bring it back: ${lost}.` : `Loses data: ${lost}.`
  const fails =
    step.kind === 'addColumn'
      ? 'Fails where there are rows: add it optional(), fill it in change.data(…), then make it required.'
      : 'Fails where a row has none: give it one in change.data(…) before.'
  return [...(lost === undefined ? [] : [loss]), ...(needsOwnValues(step, before) ? [fails] : [])]
}

const indent = '    '

function stepText(step: Step, before: Shape): string {
  switch (step.kind) {
    case 'createTable':
      return createText(step)
    case 'dropTable': {
      const table = before.get(step.table)
      const pairs = table && pairsOf(step.table, table)
      return pairs
        ? line('dropJoin', [quoted(pairs.owner), quoted(pairs.field), marked])
        : line('dropTable', [quoted(step.table), marked])
    }
    case 'renameTable':
      return line('renameTable', [quoted(step.table), quoted(step.to)])
    case 'renameColumn':
      return line('renameColumn', [quoted(step.table), quoted(step.column), quoted(step.to)])
    case 'dropColumn':
      return line('dropColumn', [quoted(step.table), quoted(step.column), marked])
    case 'addColumn':
    case 'changeColumn':
      return columnText(step)
    case 'changeKey':
      return line('changeKey', [quoted(step.table), listText(step.key)])
    case 'data':
      // What a person wrote is not written again.
      return `${indent}change.data(async () => {})`
    default:
      return line(step.kind, [quoted(step.table), listText(step.columns)])
  }
}

const marked = '{ losesData: true }'

const line = (method: string, given: readonly string[]): string => call(`change.${method}`, given, indent)

const listText = (columns: ColumnList): string => `[${columns.map(quoted).join(', ')}]`

function columnText(step: StepOf<'addColumn' | 'changeColumn'>): string {
  const options = [
    ...('fill' in step ? [`fill: ${literal(step.fill)}`] : []),
    ...('losesData' in step && step.losesData ? ['losesData: true'] : []),
  ]
  const given = [quoted(step.table), quoted(step.column), fieldText(step.field)]
  return line(step.kind, [...given, ...(options.length === 0 ? [] : [`{ ${options.join(', ')} }`])])
}

function createText({ table, shape }: StepOf<'createTable'>): string {
  const pairs = pairsOf(table, shape)
  if (pairs) return joinText(pairs, shape)
  const columns = [...shape.columns].map(([name, field]) => {
    const isUnique = shape.unique.some((list) => isSameList(list, [name]) && isAtField(list, shape))
    return `${name}: ${fieldText(field, isUnique)},`
  })
  const ids = [...shape.columns].filter(([, field]) => field.kind === 'id').map(([name]) => name)
  if (isSameList(ids, shape.key)) {
    const lines = columns.map((column) => `${indent}  ${column}\n`)
    return `${indent}change.createTable(${quoted(table)}, {\n${lines.join('')}${indent}})`
  }
  const lines = columns.map((column) => `${indent}    ${column}\n`)
  const fields = `{\n${lines.join('')}${indent}  }`
  const given = [quoted(table), fields, `{ key: ${listText(shape.key)} }`]
  return `${indent}change.createTable(\n${given.map((one) => `${indent}  ${one},\n`).join('')}${indent})`
}

function joinText({ owner, field, to }: Pairs, shape: TableShape): string {
  const keys = [owner, field].map((column) => keyOf(shape, column))
  const options = [
    ...(to === field ? [] : [`to: ${quoted(to)}`]),
    ...(keys.every(({ kind }) => kind === 'id') ? [] : [`keys: [${keys.map((key) => fieldText(key)).join(', ')}]`]),
  ]
  return line('createJoin', [
    quoted(owner),
    quoted(field),
    ...(options.length === 0 ? [] : [`{ ${options.join(', ')} }`]),
  ])
}

/** Both columns of pairs refer to something. */
function keyOf({ columns }: TableShape, column: string): ReferenceDescription['key'] {
  return (columns.get(column) as ReferenceDescription).key
}
