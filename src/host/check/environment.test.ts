import { describe, expect, it } from 'vitest'
import { secretValues } from './environment.ts'

/** The names of the variables whose values are looked for. */
const watched = (env: Record<string, string>, prefixes = ['VITE_']) =>
  secretValues(env, prefixes).map(({ variable }) => variable)

describe('secretValues', () => {
  it('watches what a deployment sets', () => {
    const env = { DATABASE_URL: 'postgres://a:b@db/x', STRIPE_KEY: 'sk_live_123', SITE_URL: 'https://board.example' }
    expect(watched(env)).toEqual(['DATABASE_URL', 'STRIPE_KEY', 'SITE_URL'])
  })

  it('passes over what is public by its name, and only by its beginning', () => {
    expect(watched({ VITE_KEY: 'for everybody', MY_VITE_KEY: 'not for everybody' })).toEqual(['MY_VITE_KEY'])
    expect(watched({ VITE_KEY: 'for somebody', PUBLIC_KEY: 'for everybody' }, ['PUBLIC_'])).toEqual(['VITE_KEY'])
    expect(watched({ VITE_KEY: 'for nobody' }, [])).toEqual(['VITE_KEY'])
  })

  it('passes over what the machine sets', () => {
    const env = {
      PATH: '/usr/local/bin',
      HOME: '/home/somebody',
      npm_package_name: 'the-board',
      LC_ALL: 'en_US.UTF-8',
      TERM: 'xterm-256color',
    }
    expect(watched(env)).toEqual([])
    expect(watched({ PATHS: '/usr/local/bin', MY_HOME: '/home/somebody' })).toEqual(['PATHS', 'MY_HOME'])
  })

  it('passes over what a service tells of a build, not over its secrets', () => {
    const env = {
      GITHUB_REPOSITORY: 'somebody/board',
      VERCEL_GIT_COMMIT_REF: 'main-branch',
      NETLIFY_DEPLOY_URL: 'https://x.example',
    }
    expect(watched(env)).toEqual([])
    expect(
      watched({ GITHUB_TOKEN: 'ghs_0123456789', VERCEL_API_KEY: '0123456789', GITLAB_DB_PASSWORD: '0123456789' }),
    ).toHaveLength(3)
  })

  it('passes over values that are in many files and secret in none', () => {
    const everyday = [
      'production',
      'development',
      'http://localhost:3000',
      'localhost:5432',
      'https://127.0.0.1/',
      'short',
      '',
    ]
    expect(watched(Object.fromEntries(everyday.map((value, index) => [`SETTING_${index}`, value])))).toEqual([])
    expect(watched({ SETTING: 'production-2', OTHER: 'http://localhost.example' })).toEqual(['SETTING', 'OTHER'])
  })

  it('gives each form of a value once, without blanks around it', () => {
    expect(secretValues({ A: '  plain-value ' }, [])[0]?.forms).toEqual(['plain-value', 'cGxhaW4tdmFsdWU='])
    expect(secretValues({ A: 'with "quotes"' }, [])[0]?.forms).toEqual([
      'with "quotes"',
      'with \\"quotes\\"',
      'with%20%22quotes%22',
      'd2l0aCAicXVvdGVzIg==',
    ])
  })
})
