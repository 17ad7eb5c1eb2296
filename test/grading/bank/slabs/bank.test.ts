import { judgeBank } from '../../bank.js'

judgeBank('slabs')
