// References that stand in comments and mean something: triple-slash directives, and types that JavaScript names in JSDoc.
import type { Reference, ReferenceForm } from './reference.ts'

interface Comment {
  readonly type: 'Line' | 'Block'
  readonly value: string
  readonly start: number
}

const directive = /^\/\s*<reference\s+(?:path|types)\s*=\s*(["'])(.*?)\1/
const importType = /\bimport\s*\(\s*(["'])(.*?)\1\s*\)(?:\s*\.\s*([\w$]+))?/g
const importTag = /@import\b[^"'@]*?\bfrom\s*(["'])(.*?)\1/g

/** The references in a file's comments. JSDoc is read in JavaScript only: in TypeScript it is prose. */
export function commentReferences(comments: readonly Comment[], isJavaScript: boolean): Reference[] {
  return comments.flatMap((comment) => {
    if (comment.type === 'Line') return directiveReference(comment)
    return isJavaScript && comment.value.startsWith('*') ? documentReferences(comment) : []
  })
}

function directiveReference(comment: Comment): Reference[] {
  const found = directive.exec(comment.value)
  // `types` names a package or a relative path; `path` is always relative, with or without a dot.
  if (!found) return []
  const isPath = /\spath\s*=/.test(found[0])
  const written = found[2] ?? ''
  const specifier = isPath && !/^[./]/.test(written) ? `./${written}` : written
  return [
    reference(comment, found.index + found[0].length - written.length - 2, { form: 'directive', specifier, written }),
  ]
}

function documentReferences(comment: Comment): Reference[] {
  const types = [...comment.value.matchAll(importType)].map((found) => {
    const at = found.index + found[0].search(/["']/)
    return reference(comment, at, { form: 'jsdoc', specifier: found[2] ?? '', names: found[3] ? [found[3]] : [] })
  })
  const tags = [...comment.value.matchAll(importTag)].map((found) => {
    const written = found[2] ?? ''
    return reference(comment, found.index + found[0].length - written.length - 2, { form: 'jsdoc', specifier: written })
  })
  return [...types, ...tags]
}

/** `at`: where the opening quote stands in the comment's text, which begins two characters after the comment. */
function reference(
  comment: Comment,
  at: number,
  parts: { form: ReferenceForm; specifier: string; written?: string; names?: string[] },
): Reference {
  const start = comment.start + 2 + at
  const { form, specifier, written = specifier, names = [] } = parts
  return { form, specifier, start, end: start + written.length + 2, typeOnly: true, names }
}
