// In development a changed schema offers its migration, and migrations that the database lacks are offered too: on a
// terminal by a question, elsewhere by the command that does it.
import { log } from '../../2-platform/index.ts'
import type { AppData } from '../data/app-data.ts'
import { type AskSomebody, createAnswerer } from '../data/ask.ts'
import { type LoadModule, loadData } from '../data/load-data.ts'
import { makeMigration, writeMigration } from '../data/write-migration.ts'
import { drawAnyError } from '../draw-any-error.ts'
import { readable } from '../readable.ts'
import { findDataFiles } from '../vite/data-files.ts'

/** What an offer is made from. */
export interface OfferOptions {
  readonly root: string
  /** Evaluates a module of the app as it is now. */
  readonly load: LoadModule
  /** Who answers; undefined where nobody is there. */
  readonly somebody: AskSomebody
  /** Called when the database has changed: pages may show something else, or something at all. */
  readonly onApplied: () => void
  /** Ends all of it. */
  readonly signal: AbortSignal
}

/** Something to do, and how it is put. */
interface Offer {
  readonly what: string
  readonly question: string
  readonly command: string
  /** Differs where something else is to be done, even if it is put in the same words. */
  readonly key: string
}

/** Looks at the database and the entities of an app that is developed. */
export class MigrationOffer {
  readonly #options: OfferOptions
  /** What was said or refused already: it is not said again before it is something else. */
  #told = ''
  #looking: Promise<void> | undefined
  #again = false

  constructor(options: OfferOptions) {
    this.#options = options
  }

  /** Looks, and offers what there is to do; while a question is open, what changes is looked at behind its answer. */
  async look(): Promise<void> {
    this.#again = true
    this.#looking ??= this.#lookOn().finally(() => {
      this.#looking = undefined
    })
    await this.#looking
  }

  async #lookOn(): Promise<void> {
    while (this.#again) {
      this.#again = false
      try {
        const data = await this.#load()
        if (data && (await this.#offerPending(data))) await this.#offerChange(data)
      } catch (error) {
        if (this.#options.signal.aborted) return
        // A file that is half written, a database that is not there, an answer that leads nowhere.
        this.#say(`The database was not migrated: ${drawAnyError(readable(error))}`)
      }
    }
  }

  /** Loaded anew each time: a change of its files closes what was opened before. */
  async #load(): Promise<AppData | undefined> {
    const { root, load } = this.#options
    const files = findDataFiles(root)
    return files && (await loadData(root, files, load))
  }

  /** Whether the database has all migrations by now. */
  async #offerPending(data: AppData): Promise<boolean> {
    const statuses = await data.status()
    const wrong = statuses.find(({ state }) => state !== 'applied' && state !== 'pending')
    if (wrong) {
      this.#say(`The migration ${wrong.name} is ${wrong.state}. Run: layer9 db migrate, which says what to do.`)
      return false
    }
    const pending = statuses.filter(({ state }) => state === 'pending').map(({ name }) => name)
    if (pending.length === 0) return true
    const missing = `The database lacks ${pending.join(', ')}.`
    const offer = { what: missing, question: 'Apply?', command: 'layer9 db migrate', key: missing }
    if (!(await this.#offer(offer))) return false
    await this.#apply()
    return true
  }

  async #offerChange(data: AppData): Promise<void> {
    const made = await makeMigration(data, { ask: async () => true })
    if (!made) return
    const what = `The entities have what no migration makes yet (${made.name}).`
    const offer = { what, question: 'Write it and apply it?', command: 'layer9 db generate', key: made.text }
    if (!(await this.#offer(offer))) return
    const { root, somebody } = this.#options
    const now = await this.#load()
    const answered = now && (await makeMigration(now, { ask: createAnswerer({}, somebody).ask }))
    // Somebody may have written it before the answer came.
    if (answered) log.info(`Wrote ${await writeMigration(root, answered)}`)
    await this.#apply()
  }

  async #apply(): Promise<void> {
    const data = await this.#load()
    await data?.migrate({ onApplied: (name) => log.info(`Applied ${name}`) })
    this.#options.onApplied()
  }

  /** Whether somebody says yes. What was refused is not offered again, as long as it is the same. */
  async #offer({ what, question, command, key }: Offer): Promise<boolean> {
    const { somebody } = this.#options
    if (!somebody) this.#say(`${what} Run: ${command}`)
    if (!somebody || this.#told === key) return false
    this.#told = key
    const isWanted = await somebody(`${what} ${question}`)
    if (isWanted) this.#told = ''
    else log.info(`Later: ${command}`)
    return isWanted
  }

  #say(words: string): void {
    if (this.#told === words) return
    this.#told = words
    log.warn(words)
  }
}
