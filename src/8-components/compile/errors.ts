// What the compiler can find wrong with a module. Every entry is thrown with a place, so that terminal, overlay and
// editor draw the same frame.
import { defineErrors, type ErrorEntry } from '../../1-contracts/index.ts'

type CompileErrors = {
  JSX_SYNTAX: ErrorEntry<{ problem: string }>
  JSX_NESTING: ErrorEntry<{ child: string; parent: string; because: string; way: string }>
  JSX_VOID_CHILDREN: ErrorEntry<{ tag: string }>
  JSX_ATTRIBUTE_TWICE: ErrorEntry<{ name: string }>
  JSX_CONTENT_TWICE: ErrorEntry<{ tag: string; property: string }>
  JSX_CHILDREN_ATTRIBUTE: ErrorEntry<{ tag: string }>
  JSX_INNER_HTML: ErrorEntry<undefined>
  JSX_INERT_CONTENT: ErrorEntry<{ tag: string }>
  JSX_RAW_CONTENT: ErrorEntry<{ tag: string }>
}

const entries: CompileErrors = {
  JSX_SYNTAX: {
    message: (data) => `This module cannot be read: ${data.problem}`,
    fix: () => 'Correct the syntax at the marked place.',
  },
  JSX_NESTING: {
    message: (data) => `${data.child} cannot stand in ${data.parent}: ${data.because}.`,
    fix: (data) => data.way,
  },
  JSX_VOID_CHILDREN: {
    message: (data) => `<${data.tag}> is a void element, HTML gives it no content.`,
    fix: (data) => `Close it at once, <${data.tag} />, and put the content beside it.`,
  },
  JSX_ATTRIBUTE_TWICE: {
    message: (data) => `The attribute "${data.name}" is given twice.`,
    fix: () => 'Keep one of the two.',
  },
  JSX_CONTENT_TWICE: {
    message: (data) => `<${data.tag}> gets its content from "${data.property}" and from its children.`,
    fix: (data) => `Keep "${data.property}" or the children.`,
  },
  JSX_CHILDREN_ATTRIBUTE: {
    message: (data) => `<${data.tag}> is given its children as an attribute.`,
    fix: (data) => `Write them between the tags: <${data.tag}>{…}</${data.tag}>.`,
  },
  JSX_INNER_HTML: {
    message: () => 'dangerouslySetInnerHTML is not a property of Layer9.',
    fix: () => 'Write innerHTML={html}, and only with HTML that you trust: it is not escaped.',
  },
  JSX_INERT_CONTENT: {
    message: (data) => `The content of <${data.tag}> is not part of the page, so nothing dynamic can stand in it.`,
    fix: (data) => `Keep the content of <${data.tag}> static, or give its HTML as innerHTML={html}.`,
  },
  JSX_RAW_CONTENT: {
    message: (data) => `<${data.tag}> holds text alone, no elements.`,
    fix: (data) => `Put text or an expression that gives text into <${data.tag}>.`,
  },
}

/** The compiler's errors: `throw compileErrors.JSX_NESTING({ … }, { places: [place] })`. */
export const compileErrors: ReturnType<typeof defineErrors<CompileErrors>> = defineErrors(entries)
