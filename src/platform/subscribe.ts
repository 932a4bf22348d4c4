/** Asks to send WeChat messages about what is being submitted; must be called from a tap. On H5 there is nothing to ask. */
export async function askSubscription(_templateIds: string[]): Promise<'accepted' | 'declined' | 'unavailable'> {
  return 'unavailable'
}
