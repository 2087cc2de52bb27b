import type { Command } from '../command.ts'
import { keysCheck } from './keys-check.ts'
import { keysMake } from './keys-make.ts'
import { witnessKeygen } from './witness-keygen.ts'
import { witnessRun } from './witness-run.ts'

export const witnessCommands: readonly Command[] = [witnessRun, witnessKeygen, keysMake, keysCheck]
