// The forms of the protocol's files (docs/draw-protocol.md §1): what every member must be, and the first place where a text is not so.
export { type FileFault, type NamedFile, readForm, readJsonFile, readLines } from './read-file.ts'
export {
  anyText,
  either,
  type FormFault,
  hex32,
  hex48,
  hex64,
  hex96,
  idText,
  instant,
  integer,
  list,
  type Members,
  nullOr,
  oneOf,
  record,
  recordWith,
  regionText,
  type Shape,
  token,
  words,
} from './shape.ts'
