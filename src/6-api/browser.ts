// The browser's door of the api: what the compiler puts in place of an api module.
export { stub } from './stub.ts'
