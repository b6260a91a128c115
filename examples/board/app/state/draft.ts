import { computed, signal } from 'layer9/state'
import { countWords } from '~/contracts/words'

/** The text of the notice that is being written. It outlives the page: who looks something up finds it again. */
export const draft = signal('')

export const words = computed(() => countWords(draft.value))
