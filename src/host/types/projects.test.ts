import { describe, expect, it } from 'vitest'
import { projectFiles, sides } from './projects.ts'

const read = (text: string | undefined) => JSON.parse(text?.replace(/^\/\/.*\n/, '') ?? 'null')

describe('projectFiles', () => {
  it('writes a project for each side, and one that refers to all', () => {
    const files = projectFiles({})
    expect(Object.keys(files)).toEqual([...sides.map((side) => `${side}.json`), 'tsconfig.json'])
    expect(read(files['tsconfig.json'])).toEqual({
      files: [],
      references: sides.map((side) => ({ path: `./${side}.json` })),
    })
  })

  it('lets a side see what lies below it, and the app choose all but what it knows', () => {
    expect(read(projectFiles({})['browser.json'])).toEqual({
      extends: ['layer9/tsconfig/base', '../tsconfig.json', 'layer9/tsconfig/browser'],
      references: [{ path: './contracts.json' }, { path: './server.json' }],
    })
  })

  it('lists files of no layer, and begins above the app where they lie there', () => {
    const files = projectFiles({ server: ['lib/mail.ts', '../shared/src/dates.ts'], contracts: ['lib/words.ts'] })
    expect(read(files['server.json'])).toMatchObject({
      files: ['../lib/mail.ts', '../../shared/src/dates.ts'],
      compilerOptions: { rootDir: '../../' },
    })
    expect(read(files['contracts.json'])).toMatchObject({ files: ['../lib/words.ts'] })
    expect(read(files['contracts.json'])).not.toHaveProperty('compilerOptions')
  })
})
