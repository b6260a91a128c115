import { computed, signal } from 'layer9/state'

export const text = signal('Every file has a layer.')

export const words = computed(() => text.value.split(/\s+/).filter(Boolean).length)
