// Writes STATUS.md from judged rows. The page depends on committed files alone, so that two machines write the same.
import { type Counts, countResults, type DeepRun, type Results } from './results.ts'
import { drawFigure, type Figures, type JudgedRow, type State } from './status-rows.ts'

const signs: Record<State, string> = { works: '✅ works', partly: '🟡 partly', 'not yet': '⬜ not yet' }

/** What the page says besides the rows. */
export interface Evidence {
  results: Results
  figures: Figures
  deepRun: DeepRun | undefined
}

/** The whole text of STATUS.md. */
export function drawStatus(rows: readonly JudgedRow[], { results, figures, deepRun }: Evidence): string {
  const areas = [...new Set(rows.map((row) => row.area))]
  return [
    '# What works',
    '',
    '<!-- Made by `npm run status` from status/ and bench/results/. Edit status/rows.json instead. -->',
    '',
    drawSummary(rows, countResults(results)),
    ...(deepRun ? [drawDeepRun(deepRun)] : []),
    '',
    '## Capabilities',
    '',
    ...drawTable(
      ['capability', 'state', 'what it means', 'evidence'],
      rows
        .filter((row) => row.capability)
        .map((row) => [row.capability ?? '', drawState(row), row.claim, drawProof(row)]),
    ),
    '',
    ...drawFigures(figures),
    ...areas.flatMap((area) => drawArea(area, rows)),
  ].join('\n')
}

function drawSummary(rows: readonly JudgedRow[], counts: Counts): string {
  const count = (state: State) => rows.filter((row) => row.state === state).length
  const tests = `${counts.passed} tests passed, ${counts.failed} failed, ${counts.skipped} were skipped`
  return [
    `${rows.length} claims: ${count('works')} work, ${count('partly')} work partly, ${count('not yet')} do not exist yet.`,
    `In the recorded run ${tests}.`,
    'A claim works when every test it names passed in that run and every figure it names meets its mark;',
    'without passing evidence it is "not yet", whatever the code may do.',
  ].join('\n')
}

function drawDeepRun({ date, seed, passed, failed, skipped }: DeepRun): string {
  return `The last deep run, with thousands of cases in every random suite, was on ${date.slice(0, 10)} from seed ${seed}: ${passed} passed, ${failed} failed, ${skipped} skipped.`
}

function drawArea(area: string, rows: readonly JudgedRow[]): string[] {
  const own = rows.filter((row) => row.area === area)
  const works = own.filter((row) => row.state === 'works').length
  return [
    `## ${area} (${works} of ${own.length})`,
    '',
    ...drawTable(
      ['claim', 'state', 'evidence'],
      own.map((row) => [`<a id="${row.id}"></a>${row.claim}`, drawState(row), drawProof(row)]),
    ),
    '',
  ]
}

function drawFigures(figures: Figures): string[] {
  const entries = Object.entries(figures)
  if (entries.length === 0) return []
  const lines = entries.map(([name, figure]) => [
    `\`${name}\``,
    drawFigure(figure),
    figure.met === false ? 'missed' : 'met',
  ])
  return ['## Figures', '', ...drawTable(['benchmark', 'figure', 'mark'], lines), '']
}

function drawState(row: JudgedRow): string {
  const reason = row.state === 'partly' ? `: ${row.reason}` : ''
  const due = row.state === 'not yet' && row.step !== 'first app' ? ` (${row.step})` : ''
  return signs[row.state] + reason + due
}

function drawProof(row: JudgedRow): string {
  const tests = row.proof?.tests?.map((test) => `\`${test}\``) ?? []
  const count = row.passed > 0 ? [`${row.passed} passed`] : []
  const bench = row.proof?.bench ? [`\`${row.proof.bench}\``] : []
  return [...count, ...tests, ...bench].join('<br>')
}

function drawTable(head: readonly string[], lines: readonly (readonly string[])[]): string[] {
  const draw = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [draw(head), `|${'---|'.repeat(head.length)}`, ...lines.map(draw)]
}
