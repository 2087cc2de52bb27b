export { type DemoOptions, readOptions } from './options.ts'
export { runDemo } from './run-demo.ts'
