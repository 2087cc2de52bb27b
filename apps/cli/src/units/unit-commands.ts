import type { Command } from '../command.ts'
import { unitApprove } from './approve.ts'
import { unitAudited } from './audited.ts'
import { unitFailed } from './failed.ts'
import { keyAdmit } from './key-admit.ts'
import { keyNew } from './key-new.ts'
import { numbersAdmit } from './numbers-admit.ts'
import { numbersEnter } from './numbers-enter.ts'
import { secretNew } from './secret-new.ts'
import { secretPaper } from './secret-paper.ts'
import { secretRestore } from './secret-restore.ts'
import { secretReveal } from './secret-reveal.ts'
import { secretSend } from './secret-send.ts'
import { wrapKeyNew } from './wrap-key-new.ts'
import { wrapKeyRestore } from './wrap-key-restore.ts'

export const unitCommands: readonly Command[] = [
  keyNew,
  keyAdmit,
  secretNew,
  secretSend,
  secretReveal,
  secretPaper,
  secretRestore,
  numbersAdmit,
  numbersEnter,
  unitApprove,
  unitAudited,
  unitFailed,
  wrapKeyNew,
  wrapKeyRestore,
]
