import { computed, signal } from 'layer9/state'

/** The text of the notice that is being written. It outlives the page: who looks something up finds it again. */
export const draft = signal('')

export const words = computed(() => draft.value.split(/\s+/).filter(Boolean).length)
