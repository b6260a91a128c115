// Each way that a component becomes a root, or does not, as a visitor meets it: in development and in production. What is
// on a page is in tests/fixtures/roots; what is asserted is what one sees, and what a browser had to load for it.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { closeRoots, inBothModes, openRoots, type Visit } from './harness/roots.ts'

declare global {
  interface Window {
    /** What the clock of the fixture tells. */
    told?: string[]
    seen?: number
  }
}

beforeAll(openRoots)
afterAll(closeRoots)

describe('hook-elsewhere', () => {
  inBothModes('/hook-elsewhere', async ({ press, kept, ships, modules, troubles }) => {
    await press('counter', '5')
    expect(await kept('main *')).toBe(true)
    expect(await modules()).toHaveLength(1)
    expect(await ships('browser: hook-elsewhere')).toBe(true)
    expect(await ships('unshipped:')).toBe(false)
    expect(troubles).toEqual([])
  })
})

describe('signal-helper', () => {
  describe('in a live component follows the signal', () => {
    inBothModes('/signal-helper', async ({ press, kept, ships, troubles }) => {
      await press('tally', 'tally 3')
      expect(await kept('main *')).toBe(true)
      expect(await ships('browser: signal-helper')).toBe(true)
      expect(await ships('unshipped:')).toBe(false)
      expect(troubles).toEqual([])
    })
  })

  describe('in a plain component breaks its mark', () => {
    inBothModes('/signal-helper/plain', async ({ mode, page, status, server }) => {
      await server.says('PLAIN_USES_STATE')
      const what = mode === 'development' ? 'failed' : 'was answered without a part that failed'
      await server.says(`GET /signal-helper/plain ${what}`)
      expect(status).toBe(mode === 'development' ? 500 : 200)
      if (mode === 'production') expect(await page.locator('main').textContent()).toBe('tally 2')
    })
  })
})

describe('handler-handed', () => {
  describe('with a function, by a live component', () => {
    inBothModes('/handler-handed', async ({ press, page, kept, ships, troubles }) => {
      await press('inside', 'pressed 1')
      expect(await page.locator('#outside').textContent()).toBe('nothing to press')
      expect(await kept('main *')).toBe(true)
      expect(await ships('browser: handler-handed')).toBe(true)
      expect(await ships('unshipped:')).toBe(false)
      expect(troubles).toEqual([])
    })
  })

  describe('without, ships nothing', () => {
    inBothModes('/handler-handed/without', async ({ page, ships, troubles }) => {
      expect(await page.locator('#outside').textContent()).toBe('nothing to press')
      expect(await page.locator('#layer9').count()).toBe(0)
      expect(await ships('handler-handed')).toBe(false)
      expect(troubles).toEqual([])
    })
  })
})

describe('render-prop', () => {
  describe('to a plain component is called on the server', () => {
    inBothModes('/render-prop', async ({ page, ships, troubles }) => {
      expect(await page.locator('li b').allTextContents()).toEqual(['one', 'two'])
      expect(await page.locator('#layer9').count()).toBe(0)
      expect(await ships('render-prop')).toBe(false)
      expect(troubles).toEqual([])
    })
  })

  describe('from a live component to a live one is called in the browser', () => {
    inBothModes('/render-prop/live', async ({ press, page, kept, ships, troubles }) => {
      expect(await kept('main *')).toBe(true)
      await press('more', 'more')
      await page.locator('li', { hasText: '- more' }).waitFor()
      await press('mark', 'mark')
      await page.locator('li', { hasText: '+ more' }).waitFor()
      expect(await page.locator('li').allTextContents()).toEqual(['+ one', '+ more'])
      expect(await ships('browser: render-prop')).toBe(true)
      expect(troubles).toEqual([])
    })
  })

  describe('from a plain component to a live one is refused', () => {
    inBothModes('/render-prop/refused', async ({ mode, page, status, server }) => {
      await server.says('ROOT_PROP_NOT_DATA')
      expect(status).toBe(mode === 'development' ? 500 : 200)
      if (mode === 'development') return
      expect(await page.locator('li').textContent()).toBe('one')
      expect(await page.locator('#layer9').count()).toBe(0)
    })
  })
})

describe('await-plain', () => {
  inBothModes('/await-plain', async ({ press, page, kept, ships, modules, troubles }) => {
    expect(await page.locator('h2').textContent()).toBe('unshipped: await-plain 7')
    await press('before', 'before 1')
    await press('inside', 'inside 8')
    await press('behind', 'behind 1')
    expect(await kept('main *')).toBe(true)
    expect(await modules()).toHaveLength(1)
    expect(await ships('unshipped:')).toBe(false)
    expect(troubles).toEqual([])
  })
})

describe('hoc', () => {
  inBothModes('/hoc', async ({ press, page, kept, ships, troubles }) => {
    await press('framed', 'framed 1')
    await press('counted', 'counted 2')
    expect(await page.locator('.frame #framed').count()).toBe(1)
    expect(await kept('main *')).toBe(true)
    expect(await ships('browser: hoc')).toBe(true)
    expect(await ships('unshipped:')).toBe(false)
    expect(troubles).toEqual([])
  })
})

describe('memo', () => {
  inBothModes('/memo', async ({ press, page, kept, ships, troubles }) => {
    await press('board', '1')
    await press('board', '2')
    // The first row's props never differ.
    expect(await page.locator('li').allTextContents()).toEqual(['row rendered 1', 'row 2 rendered 3'])
    expect(await kept('main *')).toBe(true)
    expect(await ships('browser: memo')).toBe(true)
    expect(await ships('unshipped:')).toBe(false)
    expect(troubles).toEqual([])
  })
})

describe('procedures', () => {
  // Neither module of the page imports what calls the server.
  inBothModes('/procedures', async ({ press, page, kept, ships, troubles }) => {
    await press('query', 'asked query')
    await press('action', 'did ACTION')
    await page.getByText('Again').click()
    await page.locator('h1', { hasText: 'second' }).waitFor()
    expect(await page.locator('[data-given="1"]').allTextContents()).toEqual(['asked query', 'did ACTION'])
    expect(await kept('main *')).toBe(true)
    expect(await ships('unshipped:')).toBe(false)
    expect(troubles).toEqual([])
  })
})

describe('lazy', () => {
  describe('in a plain page is a root where it is live, and nothing where it is plain', () => {
    inBothModes('/lazy', async ({ press, page, kept, ships, modules, troubles }) => {
      await press('chart', '4 bars')
      expect(await page.locator('#legend').textContent()).toBe('unshipped: legend')
      expect(await kept('main *')).toBe(true)
      expect(await modules()).toEqual([expect.stringMatching(/Chart/)])
      expect(await ships('browser: chart')).toBe(true)
      expect(await ships('unshipped:')).toBe(false)
      expect(troubles).toEqual([])
    })
  })

  describe('in a root is adopted once its module is there', () => {
    inBothModes('/lazy/inside', async ({ press, page, kept, ships, troubles }) => {
      await press('within', 'within 4 bars')
      expect(await kept('main *')).toBe(true)
      expect(await page.locator('section').textContent()).toBe('showbefore within 4 bars behind')
      expect(await ships('browser: table')).toBe(false)
      await press('show', 'show')
      await page.locator('#table').waitFor()
      expect(await ships('browser: table')).toBe(true)
      expect(troubles).toEqual([])
    })
  })
})

describe('from-map', () => {
  inBothModes('/from-map', async ({ press, page, kept, ships, troubles }) => {
    await press('vote', 'votes 1')
    expect(await page.locator('blockquote').textContent()).toBe('unshipped: from-map')
    expect(await kept('main *')).toBe(true)
    expect(await ships('browser: from-map')).toBe(true)
    expect(await ships('unshipped:')).toBe(false)
    expect(troubles).toEqual([])
  })
})

describe('nested-definition', () => {
  describe('in a live component is part of its root', () => {
    inBothModes('/nested-definition', async ({ press, page, kept, ships, troubles }) => {
      await press('inner', 'inner 1')
      expect(await kept('main *')).toBe(true)
      // Another render makes another component.
      await press('outer', 'outer 1')
      expect(await page.locator('#inner').textContent()).toBe('inner 0')
      expect(await ships('browser: nested-definition')).toBe(true)
      expect(troubles).toEqual([])
    })
  })

  describe('in a plain component cannot be found by the browser', () => {
    inBothModes('/nested-definition/plain', async ({ mode, page, status, server }) => {
      await server.says('ROOT_WITHOUT_NAME')
      expect(status).toBe(mode === 'development' ? 500 : 200)
      if (mode === 'production') expect(await page.locator('#inner').textContent()).toBe('inner 5')
    })
  })
})

describe('uncompiled', () => {
  inBothModes('/uncompiled', async ({ press, page, kept, ships, troubles }) => {
    await press('ticker', 'ticker 1')
    expect(await page.locator('em b').textContent()).toBe('unshipped: uncompiled')
    expect(await kept('main *')).toBe(true)
    expect(await ships('browser: uncompiled')).toBe(true)
    expect(await ships('unshipped:')).toBe(false)
    expect(troubles).toEqual([])
  })
})

describe('two-in-module', () => {
  inBothModes('/two-in-module', async ({ press, page, kept, ships, modules, troubles }) => {
    await press('plus', '1')
    await press('minus', '-1')
    expect(await page.locator('#plus').textContent()).toBe('1')
    expect(await kept('main *')).toBe(true)
    expect(await modules()).toHaveLength(1)
    expect(await ships('browser: minus')).toBe(true)
    expect(await ships('unshipped:')).toBe(false)
    expect(troubles).toEqual([])
  })
})

describe('in-list', () => {
  inBothModes('/in-list', async ({ press, page, kept, ships, troubles }) => {
    await press('key-a', 'key-a 1')
    await press('bare-a', 'bare-a 1')
    await page.getByRole('link', { name: 'turn' }).click()
    await page.locator('h1', { hasText: 'c a b' }).waitFor()
    // By its key a root goes where its item goes; without one it stays in its place, and gets the props of that place.
    expect(await page.locator('.keyed button').allTextContents()).toEqual(['key-c 0', 'key-a 1', 'key-b 0'])
    expect(await page.locator('.bare button').allTextContents()).toEqual(['bare-c 1', 'bare-a 0', 'bare-b 0'])
    expect(await kept('main *')).toBe(true)
    await press('key-a', 'key-a 2')
    expect(await ships('unshipped:')).toBe(false)
    expect(troubles).toEqual([])
  })
})

describe('layout', () => {
  inBothModes('/layout/one', async ({ press, page, kept, ships, troubles }) => {
    await press('shell', 'opened 1')
    await press('one', 'one 1')
    expect(await kept('main *')).toBe(true)
    await page.getByRole('link', { name: 'Two' }).click()
    await page.locator('h1', { hasText: 'unshipped: two' }).waitFor()
    expect(await page.locator('#shell').textContent()).toBe('opened 1')
    expect(await page.locator('nav [aria-current]').textContent()).toBe('Two')
    await press('two', 'two 1')
    await press('shell', 'opened 2')
    expect(await kept('#shell, nav *')).toBe(true)
    expect(await ships('browser: layout')).toBe(true)
    expect(await ships('unshipped:')).toBe(false)
    expect(troubles).toEqual([])
  })
})

describe('slot-unplaced', () => {
  inBothModes('/slot-unplaced', async ({ press, page, kept, ships, troubles }) => {
    expect(await page.locator('#kept').count()).toBe(0)
    expect(await kept('main *:not(template)')).toBe(true)
    await press('drawer', 'close')
    expect(await page.locator('.content p').textContent()).toBe('unshipped: slot-unplaced')
    await press('kept', 'kept 1')
    expect(await page.locator('footer i').textContent()).toBe('unshipped: footer')
    expect(await ships('browser: slot-unplaced')).toBe(true)
    expect(await ships('unshipped:')).toBe(false)
    expect(troubles).toEqual([])
  })
})

describe('slot-moved', () => {
  inBothModes('/slot-moved', async ({ press, page, kept, ships, troubles }) => {
    await press('moved', 'moved 1')
    for (const [side, count] of [
      ['right', 2],
      ['left', 3],
    ] as const) {
      await press('sides', side)
      expect(await page.locator(`.${side} .content`).count()).toBe(1)
      expect(await page.locator('.content').count()).toBe(1)
      // The nodes are the same, and so is the state of what is in them.
      await press('moved', `moved ${count}`)
    }
    expect(await kept('main *')).toBe(true)
    expect(await ships('browser: slot-moved')).toBe(true)
    expect(await ships('unshipped:')).toBe(false)
    expect(troubles).toEqual([])
  })
})

describe('slot-twice', () => {
  describe('by the server is an error of the page', () => {
    inBothModes('/slot-twice/server', async ({ status, server }) => {
      await server.says('SLOT_PLACED_TWICE')
      expect(status).toBe(500)
    })
  })

  describe('by the browser is reported, and shows in the second place', () => {
    inBothModes('/slot-twice', async ({ press, page, troubles, kept }) => {
      await press('mirror', 'mirror')
      await page.locator('.second .content').waitFor()
      expect(await page.locator('.content').count()).toBe(1)
      expect(await kept('main *')).toBe(true)
      await expect.poll(() => troubles.join()).toContain('SLOT_PLACED_TWICE')
    })
  })
})

describe('slot-in-slot', () => {
  inBothModes('/slot-in-slot', async ({ press, page, kept, ships, troubles }) => {
    await press('core', 'core 1')
    await press('inner', 'inner 1')
    await press('outer', 'outer 1')
    expect(await page.locator('section section p').textContent()).toBe('unshipped: slot-in-slot')
    expect(await page.locator('#core').textContent()).toBe('core 1')
    expect(await kept('main *')).toBe(true)
    expect(await ships('browser: slot-in-slot')).toBe(true)
    expect(await ships('unshipped:')).toBe(false)
    expect(troubles).toEqual([])
  })
})

describe('spread-handler', () => {
  describe('in a live component, and handed to a plain one', () => {
    inBothModes('/spread-handler', async ({ press, page, kept, ships, troubles }) => {
      await press('own', 'own 1')
      await press('passed', 'passed 2')
      expect(await page.locator('#outside').textContent()).toBe('nothing')
      expect(await kept('main *')).toBe(true)
      expect(await ships('browser: spread-handler')).toBe(true)
      expect(await ships('unshipped:')).toBe(false)
      expect(troubles).toEqual([])
    })
  })

  describe('in a plain component breaks its mark', () => {
    inBothModes('/spread-handler/plain', async ({ mode, page, status, server }) => {
      await server.says('PLAIN_HAS_HANDLER')
      expect(status).toBe(mode === 'development' ? 500 : 200)
      if (mode === 'production') expect(await page.locator('#hidden').textContent()).toBe('nothing happens')
    })
  })
})

describe('large-page', () => {
  inBothModes('/large-page', async ({ press, page, kept, ships, server, troubles }) => {
    expect(await kept('main *')).toBe(true)
    await press('next', 'from 10 of 1024')
    expect(await page.locator('li').last().textContent()).toContain('19 </script><!-- xxx')
    // The data travels once, beside the ten items that are shown.
    const html = await (await fetch(`${server.url}/large-page`)).text()
    expect(html.match(/900 \\u003c\/script/g)).toHaveLength(1)
    expect(html.length).toBeLessThan(1_200_000)
    expect(await ships('browser: large-page')).toBe(true)
    expect(troubles).toEqual([])
  })
})

describe('shared-signal', () => {
  inBothModes('/shared-signal', async ({ press, page, kept, ships, troubles }) => {
    await press('basket', 'add')
    await page.locator('#badge', { hasText: '3' }).waitFor()
    expect(await kept('main *')).toBe(true)
    expect(await ships('browser: badge')).toBe(true)
    expect(await ships('browser: basket')).toBe(true)
    expect(await ships('unshipped:')).toBe(false)
    expect(troubles).toEqual([])
  })
})

describe('streamed', () => {
  inBothModes(
    '/streamed',
    async ({ press, page, ships, server, troubles }) => {
      await page.locator('#early').waitFor()
      expect(await page.locator('h2').count()).toBe(0)
      await expect.poll(async () => await (await fetch(`${server.url}/open-gate`)).text()).not.toBe('0')
      await page.locator('h2', { hasText: 'unshipped: streamed' }).waitFor()
      await page.waitForLoadState()
      await press('late', 'late 21')
      await press('early', 'early 1')
      await press('last', 'last 1')
      expect(await ships('unshipped:')).toBe(false)
      expect(troubles).toEqual([])
    },
    { whole: false },
  )
})

describe('error', () => {
  inBothModes('/fails', async ({ page, kept, ships, troubles }) => {
    await expect.poll(() => troubles.length).toBe(1)
    expect(troubles[0]).toContain('broken at the start')
    // The overlay of development lies over the page.
    await page.locator('#fragile').dispatchEvent('click')
    await expect.poll(() => troubles.length).toBe(2)
    expect(troubles[1]).toContain('broken by a click')
    expect(await page.locator('[data-layer9-failed]').allTextContents()).toEqual(['from the server', 'whole'])
    await page.locator('#other').dispatchEvent('click')
    await page.locator('#other', { hasText: 'other 1' }).waitFor()
    expect(await kept('main *')).toBe(true)
    expect(troubles).toHaveLength(2)
    expect(await ships('unshipped:')).toBe(false)
  })
})

describe('clicks', () => {
  const hold = /Desk/
  const log = async (page: Page) => await page.locator('#log').textContent()

  describe('that came before the root are replayed, each once', () => {
    inBothModes(
      '/clicks',
      async ({ page, release, kept, troubles }) => {
        await page.locator('#press b').click()
        await page.locator('#press').press('Enter')
        await page.locator('#box').click()
        expect(await log(page)).toBe('')
        release()
        await expect.poll(() => log(page)).toBe('pressed pressed box')
        expect(await page.locator('#box').isChecked()).toBe(true)
        await page.locator('#press').click()
        expect(await log(page)).toBe('pressed pressed box pressed')
        expect(await kept('main *')).toBe(true)
        expect(troubles).toEqual([])
      },
      { hold },
    )
  })

  describe('on a submit button send the form once, as the root says', () => {
    inBothModes(
      '/clicks',
      async ({ page, release, documents, troubles }) => {
        await page.locator('#send').click()
        await page.locator('#field').press('Enter')
        release()
        await expect.poll(() => log(page)).toBe('sent:fast sent:fast')
        expect(documents).toEqual(['/clicks'])
        expect(troubles).toEqual([])
      },
      { hold },
    )
  })

  describe('on a submit button that only listens send the form once', () => {
    inBothModes(
      '/clicks',
      async ({ page, release, documents, troubles }) => {
        await page.locator('#go').click()
        expect(documents).toEqual(['/clicks'])
        release()
        await page.locator('h1', { hasText: 'elsewhere' }).waitFor()
        expect(await page.evaluate(() => sessionStorage.getItem('noted'))).toBe('yes')
        expect(documents).toEqual(['/clicks', '/clicks/elsewhere?go=1'])
        expect(troubles).toEqual([])
      },
      { hold },
    )
  })

  describe('on a link that a handler keeps here go nowhere', () => {
    inBothModes(
      '/clicks',
      async ({ page, release, troubles }) => {
        await page.locator('#kept').click()
        release()
        await expect.poll(() => log(page)).toBe('kept')
        // It may be fetched ahead, since it is pointed at; what counts is where one is.
        expect(new URL(page.url()).pathname).toBe('/clicks')
        expect(troubles).toEqual([])
      },
      { hold },
    )
  })

  describe('on a link that only listens follow it once', () => {
    inBothModes(
      '/clicks',
      async ({ page, release, documents, troubles }) => {
        await page.locator('#noted').click()
        release()
        await page.locator('h1', { hasText: 'elsewhere' }).waitFor()
        expect(await page.evaluate(() => sessionStorage.getItem('noted'))).toBe('yes')
        expect([...new Set(documents)]).toEqual(['/clicks', '/clicks/elsewhere?noted'])
        expect(troubles).toEqual([])
      },
      { hold },
    )
  })

  describe('on what nobody will listen to wait for nothing', () => {
    inBothModes(
      '/clicks',
      async ({ page }) => {
        for (const name of ['free', 'plain']) {
          await page.locator(`#${name}`).click()
          await page.locator('h1', { hasText: 'elsewhere' }).waitFor()
          expect(new URL(page.url()).search).toBe(`?${name}`)
          await page.goBack()
        }
      },
      { hold },
    )
  })

  describe('are not alone: what was typed is heard as well, and stays', () => {
    inBothModes(
      '/clicks',
      async ({ page, release, troubles }) => {
        await page.locator('#name').fill('Ada')
        await page.locator('#search').fill('engine')
        release()
        await page.locator('#greeting', { hasText: 'Hello Ada' }).waitFor()
        await expect.poll(() => log(page)).toBe('search:engine')
        expect(await page.locator('#name').inputValue()).toBe('Ada')
        expect(await page.locator('#search').inputValue()).toBe('engine')
        expect(troubles).toEqual([])
      },
      { hold },
    )
  })

  describe('are the browser’s where what starts roots cannot be had', () => {
    inBothModes(
      '/clicks',
      async ({ page, release, documents }) => {
        await page.locator('#noted').click()
        release('fail')
        await page.locator('h1', { hasText: 'elsewhere' }).waitFor()
        expect([...new Set(documents)]).toEqual(['/clicks', '/clicks/elsewhere?noted'])
      },
      { hold: /layer9\/starter|assets\/start-/ },
    )
  })

  describe('are the browser’s where the root cannot be had', () => {
    inBothModes(
      '/clicks',
      async ({ page, release, documents }) => {
        await page.locator('#noted').click()
        release('fail')
        await page.locator('h1', { hasText: 'elsewhere' }).waitFor()
        expect([...new Set(documents)]).toEqual(['/clicks', '/clicks/elsewhere?noted'])
      },
      { hold },
    )
  })
})

describe('start conditions', () => {
  const modulesOf = async ({ modules }: Visit) => (await modules()).map((url) => /tiles|Counter/.exec(url)?.[0])

  describe('visible: loads and starts when it comes near, and what is in its slots after it', () => {
    inBothModes('/start/visible', async (visit) => {
      const { press, page, kept, ships, troubles } = visit
      await press('now', 'now 1')
      expect(await modulesOf(visit)).toEqual(['Counter'])
      expect(await ships('browser: box')).toBe(false)
      await page.locator('#box').scrollIntoViewIfNeeded()
      await press('inner', 'inner 1')
      await press('box', 'box 1')
      expect(await modulesOf(visit)).toEqual(['Counter', 'tiles'])
      expect(await ships('unshipped:')).toBe(false)
      expect(await kept('main *')).toBe(true)
      expect(troubles).toEqual([])
    })
  })

  describe('visible: a click starts it, and is replayed', () => {
    inBothModes('/start/visible', async (visit) => {
      const { press, page, troubles } = visit
      await press('now', 'now 1')
      expect(await modulesOf(visit)).toEqual(['Counter'])
      // Without a scroll: as who uses no pointer may do.
      await page.locator('#inner').dispatchEvent('click')
      await page.locator('#inner', { hasText: 'inner 1' }).waitFor({ state: 'attached' })
      expect(await page.evaluate(() => scrollY)).toBe(0)
      expect(troubles).toEqual([])
    })
  })

  describe('idle: loads and starts when there is nothing else to do', () => {
    inBothModes(
      '/start/idle',
      async (visit) => {
        const { page, press, kept, troubles } = visit
        await expect.poll(() => page.evaluate(() => (window as { idle?: unknown }).idle !== undefined)).toBe(true)
        expect(await modulesOf(visit)).toEqual([])
        await page.evaluate(() => (window as unknown as { idle(): void }).idle())
        await expect.poll(() => modulesOf(visit)).toEqual(['tiles'])
        await press('tile', 'tile 1')
        expect(await kept('main *')).toBe(true)
        expect(troubles).toEqual([])
      },
      {
        before: () =>
          Object.assign(window, { requestIdleCallback: (idle: () => void) => Object.assign(window, { idle }) }),
      },
    )
  })

  describe('idle: a click starts it, and is replayed', () => {
    inBothModes(
      '/start/idle',
      async ({ press, troubles }) => {
        await press('tile', 'tile 1')
        expect(troubles).toEqual([])
      },
      { before: () => Object.assign(window, { requestIdleCallback: () => 0 }) },
    )
  })

  describe('client: is not rendered by the server, which shows the fallback', () => {
    inBothModes('/start/client', async ({ page, server, ships, troubles }) => {
      // In development elements say where they are written.
      const html = (await (await fetch(`${server.url}/start/client`)).text()).replaceAll(/ data-layer9-at="[^"]*"/g, '')
      expect(html).toContain('<p id="size">not measured</p>')
      await page.locator('#size', { hasText: '1280 px' }).waitFor()
      expect(await ships('browser: size')).toBe(true)
      expect(troubles).toEqual([])
    })
  })

  describe('client: in a root too', () => {
    inBothModes('/start/around', async ({ page, press, troubles }) => {
      await page.locator('#size', { hasText: '1280 px' }).waitFor()
      await press('around', 'unit')
      await page.locator('#size', { hasText: '1280 pixels' }).waitFor()
      expect(troubles).toEqual([])
    })
  })

  describe('cost nothing where there are none', () => {
    inBothModes('/hook-elsewhere', async ({ mode, page, press, ships }) => {
      await press('counter', '5')
      expect(await page.locator('#layer9').getAttribute('data-later')).toBe(null)
      // In development all of the framework is one file.
      if (mode === 'production') expect(await ships('IntersectionObserver')).toBe(false)
    })
  })
})

describe('slots', () => {
  describe('taken out', () => {
    describe('keep nodes and state, and their effects stop until they are back', () => {
      inBothModes('/slots', async ({ page, press, kept, troubles }) => {
        const told = async () => await page.evaluate(() => window.told)
        await press('clock', 'clock 1')
        await press('deep', 'deep 1')
        await page.locator('#typed').fill('typed')
        await expect.poll(told).toEqual(['start'])
        await press('fold', 'show')
        expect(await page.locator('#clock').count()).toBe(0)
        expect(await told()).toEqual(['start', 'stop'])
        await press('fold', 'hide')
        expect(await told()).toEqual(['start', 'stop', 'start'])
        expect(await page.locator('#typed').inputValue()).toBe('typed')
        await press('clock', 'clock 2')
        await press('deep', 'deep 2')
        expect(await kept('#typed, #clock, #deep')).toBe(true)
        expect(troubles).toEqual([])
      })
    })

    describe('end with the root around them', () => {
      inBothModes('/slots', async ({ page, press, troubles }) => {
        const told = async () => await page.evaluate(() => window.told)
        const seen = async () => await page.evaluate(() => window.seen)
        await press('clock', 'clock 1')
        await expect.poll(told).toEqual(['start'])
        await press('fold', 'show')
        await page.locator('#basket').click()
        // Out of sight, but not gone: it follows the signal.
        await expect.poll(seen).toBe(3)
        await page.getByRole('link', { name: 'other' }).click()
        await page.locator('h1').waitFor()
        await press('basket', 'add')
        expect(await seen()).toBe(3)
        expect(await told()).toEqual(['start', 'stop'])
        expect(troubles).toEqual([])
      })
    })
  })
})
