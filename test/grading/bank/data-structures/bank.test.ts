import { judgeBank } from '../../bank.js'

judgeBank('data-structures')
