const pages: string[] = []

export default pages
