const pages: string[] = ['intro/index', 'questions/index', 'plan/index']

export default pages
