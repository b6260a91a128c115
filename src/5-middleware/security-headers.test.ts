import { describe, expect, it } from 'vitest'
import { securityHeaders } from './security-headers.ts'

describe('securityHeaders', () => {
  it('allows no inline script anywhere, in development neither', () => {
    for (const dev of [false, true]) {
      const policy = String(securityHeaders({ dev })['content-security-policy'])
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("object-src 'none'")
      expect(policy).toContain("frame-ancestors 'self'")
      expect(policy).toContain("style-src-attr 'unsafe-inline'")
      expect(policy.includes("style-src 'self' 'unsafe-inline'")).toBe(dev)
    }
  })

  it('lets an app that asks compile WebAssembly, and still no text', () => {
    const policy = String(securityHeaders({ webAssembly: true })['content-security-policy'])
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
    expect(policy).not.toContain("'unsafe-eval'")
  })

  it('takes directives of the app', () => {
    const policy = String(
      securityHeaders({ contentSecurityPolicy: { 'img-src': "'self' https://i.example", 'font-src': '' } })[
        'content-security-policy'
      ],
    )
    expect(policy).toContain("img-src 'self' https://i.example")
    expect(policy).not.toContain('font-src')
  })
})
