/** How many words a text has. */
export const countWords = (text: string): number => text.split(/\s+/).filter(Boolean).length

/** A count with its noun: 1 word, 2 words. */
export const inWords = (count: number): string => `${count} ${count === 1 ? 'word' : 'words'}`
