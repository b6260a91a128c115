/** One of the nine layers, as the pages speak of it. */
export interface Layer {
  number: number
  name: string
  /** Where its files run. */
  runs: 'everywhere' | 'server' | 'server and browser' | 'server; stubs in the browser'
  /** What it answers, in a few words. */
  question: string
}

/** From the top down, as an import falls. */
export const layers: readonly Layer[] = [
  { number: 9, name: 'routes', runs: 'server and browser', question: 'What URL shows what?' },
  { number: 8, name: 'components', runs: 'server and browser', question: 'What do people see?' },
  { number: 7, name: 'state', runs: 'server and browser', question: 'What does the browser remember?' },
  { number: 6, name: 'api', runs: 'server; stubs in the browser', question: 'What crosses the wire?' },
  { number: 5, name: 'middleware', runs: 'server', question: 'Who may pass?' },
  { number: 4, name: 'services', runs: 'server', question: 'What does the business do?' },
  { number: 3, name: 'data', runs: 'server', question: 'What is stored?' },
  { number: 2, name: 'platform', runs: 'server', question: 'Where does it run?' },
  { number: 1, name: 'contracts', runs: 'everywhere', question: 'What do both sides agree on?' },
]
