import { describe, expect, it } from 'vitest'
import { splitAtPlaces } from './places.ts'

const place = '<!--?0-->wait<!--/?0-->'
/** Whether a part in the place of `?` may come at the end of body. */
const isMovable = (html: string): boolean | undefined =>
  splitAtPlaces(html.replace('?', place)).find((piece) => typeof piece !== 'string')?.movable

describe('splitAtPlaces', () => {
  it('cuts out each part with its fallback', () => {
    expect(splitAtPlaces(`<p>a</p>${place}<!--x--><b><!--?12--><i>b</i><!--/?12--></b>`)).toEqual([
      '<p>a</p>',
      { id: 0, fallback: 'wait', around: [], movable: true },
      '<!--x--><b>',
      { id: 12, fallback: '<i>b</i>', around: [expect.objectContaining({ name: 'b' })], movable: true },
      '</b>',
    ])
    expect(splitAtPlaces('<p>none</p>')).toEqual(['<p>none</p>'])
    expect(splitAtPlaces('<p><!--?7-->open</p>')).toEqual(['<p><!--?7-->open</p>'])
  })

  it.each(['<p>?</p>', '<ul>?</ul>', '<table><tr><td>?</td></tr></table>', '<table></table>?', '<svg><g/></svg>?'])(
    'lets a part of %s come later',
    (html) => expect(isMovable(html)).toBe(true),
  )

  it.each([
    '<table>?</table>',
    '<table><tbody>?</tbody></table>',
    '<table><tr><td></td>?</tr></table>',
    '<select>?</select>',
    '<svg><g>?</g></svg>',
    '<svg><foreignObject><div>?</div></foreignObject></svg>',
    '<math>?</math>',
    '<template data-slot="1"><p>?</p></template>',
    '<noscript>?</noscript>',
  ])('keeps a part of %s in its place', (html) => expect(isMovable(html)).toBe(false))

  it.each([
    '<input value="<table>"><br><img src=x>?',
    '<script>if (a <table b) {}</script>?',
    '<textarea><table></textarea>?',
    '<!--<table>-->?',
    '<DIV><TABLE></TABLE></DIV>?',
    '<div><table></div>?',
    '<p></table>?</p>',
    `<a title='it is "<svg>"'>?</a>`,
  ])('is not led astray by %s', (html) => expect(isMovable(html)).toBe(true))

  it('goes on inside elements that are open around the markup', () => {
    const [, outer] = splitAtPlaces(`<table>${place}</table>`)
    if (typeof outer !== 'object') throw new Error('no place')
    const inner = (html: string) => splitAtPlaces(html, outer.around).find((piece) => typeof piece !== 'string')
    expect(inner(`<tr>${place}</tr>`)).toMatchObject({ movable: false })
    expect(inner(`<tr><td>${place}</td></tr>`)).toMatchObject({ movable: true })
  })

  it('takes time that grows with the markup alone', () => {
    const html = `${'<a title="'.repeat(1000)}${'<p>'.repeat(1000)}${place}`
    expect(splitAtPlaces(html).length).toBeGreaterThan(0)
  })
})
