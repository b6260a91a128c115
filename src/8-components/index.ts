// layer9/components: what people see.
export { Await, type AwaitProps } from './await.ts'
export { ErrorBoundary, type ErrorBoundaryProps, type Failure } from './boundary.ts'
export { type Context, type ContextOptions, createContext, useContext } from './context.ts'
export { createPortal } from './dom/portal.ts'
export { type EffectRun, useEffect, useLayoutEffect } from './effect.ts'
export type { Child, Component, Element, Key, Ref, RefObject } from './element.ts'
export { Form, type FormAction, type FormProps, type FormState, Submit, type SubmitProps } from './form.ts'
export { Fragment } from './fragment.ts'
export {
  type Dependencies,
  type SetState,
  useCallback,
  useMemo,
  useReducer,
  useRef,
  useState,
} from './hooks.ts'
export { useId } from './id.ts'
export { lazy } from './lazy.ts'
export { type LeaveGuard, useLeaveGuard } from './leave-guard.ts'
export { memo, type SameProps } from './memo.ts'
export { type RootOptions, root } from './root.ts'
export type { ClassValue, StyleValue } from './value.ts'
