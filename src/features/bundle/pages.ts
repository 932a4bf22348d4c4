const pages: string[] = ['intro/index', 'questions/index', 'plan/index', 'form/index', 'materials/index', 'sign/index', 'done/index']

export default pages
