// What the compiler can find wrong with a module. Every entry is thrown with a place, so that terminal, overlay and
// editor draw the same frame.
import { defineErrors } from '../../1-contracts/index.ts'

/** The compiler's errors: `throw compileErrors.JSX_NESTING({ … }, { places: [place] })`. */
export const compileErrors = defineErrors({
  JSX_SYNTAX: {
    message: (data: { problem: string }) => `This module cannot be read: ${data.problem}`,
    fix: () => 'Correct the syntax at the marked place.',
  },
  JSX_NESTING: {
    message: (data: { child: string; parent: string; because: string }) =>
      `${data.child} cannot stand in ${data.parent}: ${data.because}.`,
    fix: (data: { child: string; parent: string; because: string; way: string }) => data.way,
  },
  JSX_VOID_CHILDREN: {
    message: (data: { tag: string }) => `<${data.tag}> is a void element, HTML gives it no content.`,
    fix: (data: { tag: string }) => `Close it at once, <${data.tag} />, and put the content beside it.`,
  },
  JSX_ATTRIBUTE_TWICE: {
    message: (data: { name: string }) => `The attribute "${data.name}" is given twice.`,
    fix: () => 'Keep one of the two.',
  },
  JSX_CONTENT_TWICE: {
    message: (data: { tag: string; property: string }) =>
      `<${data.tag}> gets its content from "${data.property}" and from its children.`,
    fix: (data: { tag: string; property: string }) => `Keep "${data.property}" or the children.`,
  },
  JSX_CHILDREN_ATTRIBUTE: {
    message: (data: { tag: string }) => `<${data.tag}> is given its children as an attribute.`,
    fix: (data: { tag: string }) => `Write them between the tags: <${data.tag}>{…}</${data.tag}>.`,
  },
  JSX_INNER_HTML: {
    message: () => 'dangerouslySetInnerHTML is not a property of Layer9.',
    fix: () => 'Write innerHTML={html}, and only with HTML that you trust: it is not escaped.',
  },
  JSX_INERT_CONTENT: {
    message: (data: { tag: string; what: string }) =>
      `The content of <${data.tag}> is not part of the page, so ${data.what} cannot be kept up to date there.`,
    fix: (data: { tag: string; what: string }) =>
      `Keep the content of <${data.tag}> static, or give its HTML as innerHTML={html}.`,
  },
  JSX_RAW_CONTENT: {
    message: (data: { tag: string }) => `<${data.tag}> holds text alone, no elements.`,
    fix: (data: { tag: string }) => `Put text or an expression that gives text into <${data.tag}>.`,
  },
})
