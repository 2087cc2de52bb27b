import { extname } from 'node:path'

/** A module beside the caller's, in source and in the build alike. `name` is without its ending. */
export const siblingFile = (name: string, callerUrl: string): URL => new URL(`./${name}${extname(callerUrl)}`, callerUrl)
