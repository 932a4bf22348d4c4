/** Templates of the WeChat messages that are asked for at submission, set when the app is built; none means nothing is asked. */
export const subscribeTemplates: string[] = SUBSCRIBE_TEMPLATES.split(',').filter((id) => id !== '')
