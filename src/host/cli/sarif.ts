// What `layer9 check` finds as SARIF: the form in which code hosts take findings and show them beside the lines.
// Source: "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", OASIS; sections are named where they bind.
import { isAbsolute, posix } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Place } from '../../1-contracts/index.ts'
import { type CheckedProject, type ReportedViolation, ruleTitles } from '../check/index.ts'
import type { Findings } from './check-findings.ts'
import { explainAll } from './explain.ts'
import { packageVersion } from './package-version.ts'

/** A log with one run. */
export interface SarifLog {
  readonly $schema: string
  readonly version: '2.1.0'
  readonly runs: readonly SarifRun[]
}

interface SarifRun {
  readonly tool: { readonly driver: { readonly name: string; readonly version: string; readonly rules: SarifRule[] } }
  readonly columnKind: 'utf16CodeUnits'
  readonly originalUriBaseIds: object
  readonly results: readonly object[]
}

interface Text {
  readonly text: string
}

interface SarifRule {
  readonly id: string
  readonly shortDescription: Text
  readonly help: Text
  readonly defaultConfiguration: { readonly level: 'error' }
}

interface Finding {
  readonly code: string
  readonly message: string
  /** Paths relative to the folder that was checked; none: the finding has no place. */
  readonly places: readonly (Place & { readonly endColumn?: number })[]
  readonly fixes?: readonly object[]
  /** Default: an error. */
  readonly level?: 'note'
}

/** Writes findings as a log, with a rule for every code of the layers and every other one that was found. */
export async function toSarif(root: string, { projects, routes, hints, types }: Findings): Promise<SarifLog> {
  const found: Finding[] = [
    ...projects.flatMap((project) => project.violations.map((violation) => fromViolation(violation, project))),
    ...routes.map(({ code, message, fix, places }) => ({ code, message: `${message}\n${fix}`, places })),
    ...hints.map(({ code, message, fix, places }) => ({
      code,
      message: `${message}\n${fix}`,
      places,
      level: 'note' as const,
    })),
    ...(types ?? []).map(({ code, message, file, line = 1, column = 1, hint }) => ({
      code,
      message: hint === undefined ? message : `${message}\n${hint}`,
      places: file === undefined ? [] : [{ file, line, column }],
    })),
  ]
  const rules = await rulesFor(found)
  const index = new Map(rules.map(({ id }, at) => [id, at]))
  const run: SarifRun = {
    tool: { driver: { name: 'layer9', version: packageVersion(), rules } },
    // §3.14.17: how columns and offsets count.
    columnKind: 'utf16CodeUnits',
    // §3.14.14: paths are relative, so that the log says nothing of the machine; its reader knows the folder.
    originalUriBaseIds: { [base]: { description: { text: 'The folder that was checked.' } } },
    results: found.map((one) => toResult(one, index.get(one.code) ?? -1, root)),
  }
  return { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }
}

/** The name under which code hosts know the root of a checkout. */
const base = '%SRCROOT%'

async function rulesFor(found: readonly Finding[]): Promise<SarifRule[]> {
  const explained = new Map((await explainAll()).map((entry) => [entry.code, entry]))
  const codes = new Set([...Object.keys(ruleTitles), ...found.map(({ code }) => code)])
  return [...codes].sort().map((id) => {
    const entry = explained.get(id)
    const title = ruleTitles[id as keyof typeof ruleTitles] ?? entry?.message ?? 'An error of the TypeScript compiler.'
    const help = entry
      ? `${entry.message}\n\n${entry.fix}\n\nMore: layer9 explain ${id}`
      : 'See the message, or search for the code in the documentation of TypeScript.'
    return { id, shortDescription: { text: title }, help: { text: help }, defaultConfiguration: { level: 'error' } }
  })
}

function fromViolation(violation: ReportedViolation, { folder }: CheckedProject): Finding {
  const { code, message, wayOut, fix, file, line, column, length, text } = violation
  const inFolder = (path: string) => (isAbsolute(path) ? path : posix.join(folder.replaceAll('\\', '/'), path))
  // A literal over several lines is marked to the end of the first; a whole file or folder at its beginning.
  const endColumn = length === 0 ? undefined : Math.max(column + 1, Math.min(column + length, text.length + 1))
  const place = { file: inFolder(file), line, column, ...(endColumn !== undefined && { endColumn }) }
  const repair = fix && !fix.move ? { fixes: [toFix(wayOut, fix.edits, inFolder)] } : {}
  // A file that moves has no form in SARIF.
  return { code, message: `${message}\n${wayOut}`, places: [place], ...repair }
}

/** §3.55: the replacements of a fix, file by file. */
function toFix(
  wayOut: string,
  edits: NonNullable<ReportedViolation['fix']>['edits'],
  inFolder: (path: string) => string,
): object {
  const artifactChanges = [...Map.groupBy(edits, ({ file }) => file)].map(([file, these]) => ({
    artifactLocation: locationOf(inFolder(file)),
    replacements: these.map(({ start, end, text }) => ({
      deletedRegion: { charOffset: start, charLength: end - start },
      insertedContent: { text },
    })),
  }))
  return { description: { text: wayOut }, artifactChanges }
}

/** §3.27: a result; several places of one error are further locations of it, as both are at fault. */
function toResult({ code, message, places, fixes, ...finding }: Finding, ruleIndex: number, root: string): object {
  const level = finding.level ?? 'error'
  const locations = places.map(({ file, line, column, length, endColumn }) => ({
    physicalLocation: {
      artifactLocation: locationOf(isAbsolute(file) ? relativeTo(root, file) : file),
      region: {
        startLine: Math.max(1, line),
        startColumn: Math.max(1, column),
        ...(endColumn !== undefined ? { endColumn } : length !== undefined && { endColumn: column + length }),
      },
    },
  }))
  return { ruleId: code, ruleIndex, level, message: { text: message }, locations, ...(fixes && { fixes }) }
}

const relativeTo = (root: string, file: string): string =>
  file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file

/** §3.4: a relative address with a base; `[id].tsx` would be none (RFC 3986 §3.3). What lies elsewhere is absolute. */
function locationOf(file: string): object {
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href }
  return { uri: file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/'), uriBaseId: base }
}
