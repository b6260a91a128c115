import { describe, expect, it } from 'vitest'
import type { Question } from '../../3-data/build.ts'
import { confirm, createAnswerer } from './ask.ts'

const rename: Question = { kind: 'rename', text: 'Was "a" of "t" renamed to "b"?', option: '--rename t.a=b' }
const loss: Question = { kind: 'loss', text: 'This loses all. Go on?', option: '--accept-loss' }

/** A person who answers, and what was asked. */
function person(answer: boolean) {
  const asked: string[] = []
  const somebody = async (question: string): Promise<boolean> => {
    asked.push(question)
    return answer
  }
  return { asked, somebody }
}

describe('createAnswerer', () => {
  it('asks whoever is there', async () => {
    const { asked, somebody } = person(true)
    const { ask } = createAnswerer({}, somebody)
    expect([await ask(rename), await ask(loss)]).toEqual([true, true])
    expect(asked).toEqual([rename.text, loss.text])
    expect(await createAnswerer({}, person(false).somebody).ask(rename)).toBe(false)
  })

  it('asks nothing that the command line has answered', async () => {
    const { asked, somebody } = person(false)
    const { ask } = createAnswerer({ renames: ['t.a=b'], acceptLoss: true }, somebody)
    expect([await ask(rename), await ask(loss)]).toEqual([true, true])
    expect(await createAnswerer({ noRename: true }, person(true).somebody).ask(rename)).toBe(false)
    expect(asked).toEqual([])
  })

  it('takes what is named for renamed, and nothing else, where nothing else was', async () => {
    const { ask } = createAnswerer({ renames: ['t.a=b'], noRename: true }, undefined)
    expect([await ask(rename), await ask({ ...rename, option: '--rename t.c=d' })]).toEqual([true, false])
  })

  it('names the options where nobody is there', async () => {
    const { ask } = createAnswerer({}, undefined)
    await expect(ask(rename)).rejects.toMatchObject({
      code: 'QUESTION_WITHOUT_TERMINAL',
      data: { question: rename.text, yes: '--rename t.a=b', no: '--no-rename' },
    })
    await expect(ask(loss)).rejects.toMatchObject({ data: { question: loss.text, yes: '--accept-loss' } })
  })

  it('names a rename that nothing asked for', async () => {
    const { ask, refuseUnasked } = createAnswerer({ renames: ['t.a=b', 't.aa=b'] }, undefined)
    await ask(rename)
    const error = expect(refuseUnasked)
    error.toThrow(expect.objectContaining({ code: 'RENAME_UNKNOWN', data: { rename: 't.aa=b', near: 't.a=b' } }))
  })
})

describe('confirm', () => {
  it('asks, or names the option', async () => {
    expect(await confirm('Go on?', '--yes', person(true).somebody)).toBe(true)
    expect(await confirm('Go on?', '--yes', person(false).somebody)).toBe(false)
    await expect(confirm('Go on?', '--yes', undefined)).rejects.toMatchObject({
      code: 'QUESTION_WITHOUT_TERMINAL',
      data: { question: 'Go on?', yes: '--yes' },
    })
  })
})
