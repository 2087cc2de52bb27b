/** What this browser keeps of the reader's choices; a browser that keeps nothing changes nothing. */
export function kept(name: string): string | undefined {
  try {
    return localStorage.getItem(`dual-random.${name}`) ?? undefined
  } catch {
    return undefined
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(`dual-random.${name}`)
  } catch {
    // Storage is switched off.
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`dual-random.${name}`, value)
  } catch {
    // Storage is switched off.
  }
}
