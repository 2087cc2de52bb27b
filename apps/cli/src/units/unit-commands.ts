import type { Command } from '../command.ts'
import { keyAdmit } from './key-admit.ts'
import { keyNew } from './key-new.ts'
import { secretNew } from './secret-new.ts'
import { secretPaper } from './secret-paper.ts'
import { secretRestore } from './secret-restore.ts'
import { secretReveal } from './secret-reveal.ts'
import { secretSend } from './secret-send.ts'

export const unitCommands: readonly Command[] = [keyNew, keyAdmit, secretNew, secretSend, secretReveal, secretPaper, secretRestore]
