// Says why a component is live.
import type { ComponentAnalysis } from '../8-components/build.ts'

type Reason = NonNullable<ComponentAnalysis['reason']>

const because: Readonly<Record<Reason['kind'], string>> = {
  hook: 'calls',
  handler: 'has the handler',
  ref: 'has a',
  state: 'reads the state',
}

/**
 * What made it live, and where.
 *
 * @example
 * drawReason({ kind: 'hook', name: 'useState', line: 4, column: 9 }) // 'line 4 calls useState'
 */
export const drawReason = ({ kind, name, line }: Reason): string => `line ${line} ${because[kind]} ${name}`
