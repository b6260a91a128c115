// What of patterns a browser is sent: the few lines that ask its own RegExp, and nothing of the matcher that servers need.
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'

/** The code of a bundle of one text field, for browsers or for servers. */
async function bundle(isServer: boolean): Promise<string> {
  const built = await build({
    root: fileURLToPath(new URL('../examples/counter', import.meta.url)),
    configFile: false,
    logLevel: 'silent',
    ...(isServer && { ssr: { noExternal: true } }),
    build: { write: false, ssr: isServer, rolldownOptions: { input: 'virtual:field', output: { format: 'es' } } },
    plugins: [
      {
        name: 'field',
        resolveId: (id) => (id === 'virtual:field' ? '/virtual-field.js' : undefined),
        load: (id) =>
          id === '/virtual-field.js'
            ? `import { text } from 'layer9/contracts'\nconsole.log(text({ pattern: /a+/ }))`
            : undefined,
      },
    ],
  })
  if (!('output' in built)) throw new Error('one build has one output')
  return built.output.map((file) => ('code' in file ? file.code : '')).join('\n')
}

describe('a pattern', () => {
  it('is matched by the RegExp of the browser there, and by the linear matcher on servers', async () => {
    const [browser, server] = [await bundle(false), await bundle(true)]
    expect(server).toContain('CONTRACT_PATTERN_REFUSED')
    expect(browser).not.toContain('CONTRACT_PATTERN_REFUSED')
    expect(browser).not.toContain('back reference')
    // What stands there instead.
    expect(browser).toContain('RegExp(`^(?:${')
    expect(server).not.toContain('RegExp(`^(?:${')
  })
})
