/** Two ways to write an address are one person. ASCII alone: other letters that look alike when small are others. */
export function personKey(userId: string): string {
  return userId.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
