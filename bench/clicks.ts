// Clicks through an app in Chromium, and notes what came over the network after the first page was idle.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from 'playwright-core'

/** A request as the browser sent it: path and query, all headers. */
export interface Asked {
  path: string
  headers: Record<string, string>
}

/** What some clicks cost. */
export interface Clicked {
  asked: Asked[]
  /** Bytes received, heads of answers too, as they came over the network. */
  bytes: number
  /** What of them were scripts and style sheets, which come once. */
  assets: number
  /** How the answers that are no scripts were compressed. */
  encodings: string
  /** Whether the page was never loaded anew: its counter counts on. */
  kept: boolean
}

/** How long nothing may move until a page counts as idle, in milliseconds. */
const quiet = 400
/** How long a hand rests on a link before it clicks, in milliseconds: what is prefetched then is the framework's affair. */
const rest = 150

/** Opens `/`, counts to three, clicks the links with these addresses, one after the other; each has the page of its own name. */
export async function clickThrough(browser: Browser, port: number, addresses: readonly string[]): Promise<Clicked> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    const page = await context.newPage()
    const traffic = await watch(await context.newCDPSession(page))
    await page.goto(`http://localhost:${port}/`)
    await countToThree(page)
    await traffic.idle()
    const done = traffic.begin()
    for (const address of addresses) {
      await follow(page, address)
      await traffic.idle()
    }
    const kept = (await page.textContent('footer button')) === 'Clicked 3 times'
    return { ...done(), kept }
  } finally {
    await context.close()
  }
}

/** A server-rendered button counts once its script has come. */
async function countToThree(page: Page): Promise<void> {
  const button = page.locator('footer button')
  const shows = async (text: string) => (await button.textContent()) === text
  while (!(await shows('Clicked 1 times'))) {
    await button.click()
    await sleep(50)
  }
  for (const count of [2, 3]) {
    await button.click()
    while (!(await shows(`Clicked ${count} times`))) await sleep(10)
  }
}

async function follow(page: Page, address: string): Promise<void> {
  const link = page.locator(`nav a[href="${address}"]`)
  const title = await link.textContent()
  await link.hover()
  await sleep(rest)
  await link.click()
  await page.locator('main h1', { hasText: title as string }).waitFor()
}

interface Traffic {
  idle(): Promise<void>
  /** Starts to count; what it returns ends that. */
  begin(): () => Omit<Clicked, 'kept'>
}

interface Exchange extends Asked {
  type: string
  encoding: string
  bytes: number
}

/** Follows each request of a page by the browser's own account of it. */
async function watch(devtools: CDPSession): Promise<Traffic> {
  const exchanges = new Map<string, Exchange>()
  const headersOf = new Map<string, Record<string, string>>()
  const flying = new Set<string>()
  let moved = performance.now()
  const end = (id: string) => {
    flying.delete(id)
    moved = performance.now()
  }
  devtools.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    if (!request.url.startsWith('http://localhost')) return
    const { pathname, search } = new URL(request.url)
    exchanges.set(requestId, { path: pathname + search, headers: {}, type: type ?? 'Other', encoding: '', bytes: 0 })
    flying.add(requestId)
    moved = performance.now()
  })
  devtools.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => headersOf.set(requestId, headers))
  devtools.on('Network.requestServedFromCache', ({ requestId }) => exchanges.delete(requestId))
  devtools.on('Network.responseReceived', ({ requestId, response }) => {
    const exchange = exchanges.get(requestId)
    if (!exchange) return
    if (response.fromDiskCache || response.fromPrefetchCache) exchanges.delete(requestId)
    exchange.bytes = response.encodedDataLength
    exchange.encoding = new Headers(response.headers).get('content-encoding') ?? 'none'
  })
  // Answers that are not waited for to the end have cost what came of them.
  devtools.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    const exchange = exchanges.get(requestId)
    if (exchange) exchange.bytes += encodedDataLength
    moved = performance.now()
  })
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const exchange = exchanges.get(requestId)
    if (exchange) exchange.bytes = encodedDataLength
    end(requestId)
  })
  devtools.on('Network.loadingFailed', ({ requestId }) => end(requestId))
  await devtools.send('Network.enable')
  return {
    idle: async () => {
      while (flying.size > 0 || performance.now() - moved < quiet) await sleep(20)
    },
    begin: () => {
      exchanges.clear()
      return () => {
        for (const [id, exchange] of exchanges) exchange.headers = headersOf.get(id) ?? {}
        return sum([...exchanges.values()])
      }
    },
  }
}

function sum(exchanges: readonly Exchange[]): Omit<Clicked, 'kept'> {
  const total = (some: readonly Exchange[]) => some.reduce((bytes, one) => bytes + one.bytes, 0)
  const isAsset = ({ type }: Exchange) => type === 'Script' || type === 'Stylesheet'
  return {
    asked: exchanges.map(({ path, headers }) => ({ path, headers })),
    bytes: total(exchanges),
    assets: total(exchanges.filter(isAsset)),
    encodings: [...new Set(exchanges.filter((one) => !isAsset(one)).map(({ encoding }) => encoding))].join(', '),
  }
}
