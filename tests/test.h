/*
 * test.h - cmocka and what it needs before it. tests/ is on the include path: #include "test.h".
 */
#pragma once
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */
