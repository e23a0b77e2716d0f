/* main.c - the program's entry: the only place that exits. */
#include "core/error.h"

int main(void)
{
    return 0;
}
