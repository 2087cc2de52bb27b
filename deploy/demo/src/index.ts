export { type DemoOptions, readOptions } from './options.ts'
export { type BrokenRow, type GeneratedObject, type GeneratedRegister, generateObjects } from './register/objects.ts'
export { runDemo } from './run-demo.ts'
export { type City, cities } from './world/cities.ts'
