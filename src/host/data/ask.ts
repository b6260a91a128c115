// Questions that only a person can answer: on a terminal they are asked, elsewhere they are errors that name the option
// which answers them.
import { createInterface } from 'node:readline'
import { nearest } from '../../1-contracts/server.ts'
import type { Ask } from '../../3-data/build.ts'
import { errors } from './errors.ts'

/** Whether a person sits there: what is asked is seen, and can be answered. */
export const isAtTerminal = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true

/**
 * Asks a person, until the answer is y or n.
 *
 * @param signal takes the question back
 * @throws QUESTION_UNANSWERED where the input ends, or the question was taken back
 */
export async function askPerson(question: string, signal?: AbortSignal): Promise<boolean> {
  const prompt = (): boolean => process.stdout.write(`${question} (y/n) `)
  prompt()
  // The terminal itself edits the line, and Ctrl+C ends the process as ever.
  const lines = createInterface({ input: process.stdin, terminal: false, ...(signal && { signal }) })
  try {
    for await (const line of lines) {
      const answer = /^\s*(?:(y|yes)|n|no)\s*$/i.exec(line)
      if (answer) return answer[1] !== undefined
      prompt()
    }
  } finally {
    lines.close()
  }
  throw errors.QUESTION_UNANSWERED({ question })
}

/** What the command line has answered already. */
export interface Answers {
  /** `users.name=fullName` or `users=people`. */
  readonly renames?: readonly string[]
  /** Nothing else was renamed. */
  readonly noRename?: boolean
  readonly acceptLoss?: boolean
}

/** How questions are answered that the command line leaves open; undefined where nobody is there. */
export type AskSomebody = ((question: string) => Promise<boolean>) | undefined

/** Who can be asked: nobody where there is no terminal, and where a program reads what is said. */
export const findSomebody = (json: boolean): AskSomebody => (!json && isAtTerminal() ? askPerson : undefined)

/**
 * Asks one question that an option answers with yes.
 *
 * @throws QUESTION_WITHOUT_TERMINAL where nobody is there
 */
export async function confirm(question: string, yes: string, somebody: AskSomebody): Promise<boolean> {
  if (!somebody) throw errors.QUESTION_WITHOUT_TERMINAL({ question, yes })
  return await somebody(question)
}

/** Answers the questions of `generate`. */
export interface Answerer {
  readonly ask: Ask
  /** Looks whether every answer had a question: a misspelt one had none. @throws RENAME_UNKNOWN */
  readonly refuseUnasked: () => void
}

/**
 * Makes what answers the questions of `generate`: first by the command line, then by the person.
 *
 * @throws QUESTION_WITHOUT_TERMINAL, from `ask`
 */
export function createAnswerer(
  { renames = [], noRename = false, acceptLoss = false }: Answers,
  somebody: AskSomebody,
): Answerer {
  const asked = new Set<string>()
  return {
    ask: async ({ kind, text, option }) => {
      if (kind === 'rename') {
        const rename = option.replace('--rename ', '')
        asked.add(rename)
        if (renames.includes(rename)) return true
        if (noRename) return false
      } else if (acceptLoss) return true
      if (somebody) return await somebody(text)
      const no = kind === 'rename' ? { no: '--no-rename' } : {}
      throw errors.QUESTION_WITHOUT_TERMINAL({ question: text, yes: option, ...no })
    },
    refuseUnasked: () => {
      const rename = renames.find((given) => !asked.has(given))
      if (rename === undefined) return
      const near = nearest(rename, [...asked])
      throw errors.RENAME_UNKNOWN({ rename, ...(near && { near }) })
    },
  }
}
